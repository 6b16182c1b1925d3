import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRow, RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag, type Tone } from '../ui/tag.js';

const TONES: Record<ChangeRow['direction'], Tone> = { BETTER: 'good', WORSE: 'bad', NEUTRAL: 'plain' };
const ARROWS: Record<ChangeRow['direction'], string> = { BETTER: '↑', WORSE: '↓', NEUTRAL: '→' };

/** What changed since this person last approved, or since the last round. */
export function Changes({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const { changes, changesBase, changedSinceLastRound } = request;
  if (changes.length === 0 && changedSinceLastRound === null) return null;
  return (
    <Panel title={t('request.changes')} note={changesBase ? words('changesBase', changesBase.label) : null}>
      {changes.length === 0 ? (
        <p className="quiet">{t('request.unchanged')}</p>
      ) : (
        <ul className="changes">
          {changes.map((change) => (
            <li key={change.path} className="change">
              <span className="change-label">{words('document', serverText(change.label))}</span>
              <span className="change-values">
                <del>{change.before ?? t('request.absent')}</del> <span aria-hidden="true">→</span>{' '}
                <ins>{change.after ?? t('request.absent')}</ins>
              </span>
              <Tag tone={TONES[change.direction]}>
                <span aria-hidden="true">{ARROWS[change.direction]}</span>{' '}
                {t(`request.direction.${change.direction}`)}
              </Tag>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
