import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag, type Tone } from '../ui/tag.js';
import { FactValue, type Fact } from './fact-value.js';

const TONES: Record<NonNullable<Fact['flag']>, Tone> = { GREEN: 'good', AMBER: 'warn', RED: 'bad' };
const ORDER = ['RED', 'AMBER', 'GREEN'] as const;

/** The judged facts, worst first; each flag in words. */
export function Checks({ facts }: { facts: readonly Fact[] }): ReactElement | null {
  const { t } = useTranslation();
  const serverText = useServerText();
  const judged = ORDER.flatMap((flag) =>
    facts.filter((fact) => fact.flag === flag).map((fact) => ({ fact, flag })),
  );
  if (judged.length === 0) return null;
  return (
    <Panel title={t('request.checks')}>
      <ul className="checks">
        {judged.map(({ fact, flag }) => (
          <li key={fact.key} className="row">
            <Tag tone={TONES[flag]}>{t(`request.flag.${flag}`)}</Tag>
            <span>{serverText(fact.label)}</span>
            <span className="strong">
              <FactValue fact={fact} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
