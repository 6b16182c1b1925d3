import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRow, RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag, type Tone } from '../ui/tag.js';
import { Scalar } from './document-scalar.js';
import { FactValue, flagOf } from './fact-value.js';

const TONES: Record<ChangeRow['direction'], Tone> = { BETTER: 'good', WORSE: 'bad', NEUTRAL: 'plain' };
const ARROWS: Record<ChangeRow['direction'], string> = { BETTER: '↑', WORSE: '↓', NEUTRAL: '→' };
const WORST_FIRST: readonly ChangeRow['direction'][] = ['WORSE', 'BETTER', 'NEUTRAL'];
const BASE_CURRENCY = 'CNY';
const FACT = /^\/facts\//;

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The facts of the decision table repeat members of the document: each change is shown once, worst first. */
function shownOf(changes: readonly ChangeRow[]): ChangeRow[] {
  const inDocument = new Set(changes.filter(({ path }) => !FACT.test(path)).map(({ path }) => lastOf(path)));
  const repeats = ({ path }: ChangeRow): boolean =>
    FACT.test(path) &&
    (inDocument.has(lastOf(path)) || (lastOf(path) === 'amount' && inDocument.has('netTotal')));
  return changes
    .filter((change) => !repeats(change))
    .sort((a, b) => WORST_FIRST.indexOf(a.direction) - WORST_FIRST.indexOf(b.direction));
}

function Change({ change, currency }: { change: ChangeRow; currency: string }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const name = lastOf(change.path);
  const [, list, item] = change.path.split('/');
  const isFact = FACT.test(change.path);
  const value = (text: string | null): ReactElement =>
    text === null ? (
      <>{t('request.absent')}</>
    ) : isFact ? (
      <FactValue fact={{ key: name, value: text, flag: flagOf(name, text) }} />
    ) : (
      <Scalar name={name} value={text} currency={currency} />
    );
  return (
    <li className="change">
      <span className="change-label">
        {words('document', serverText(change.label))}
        {list === 'lines' && item ? <span className="small quiet"> {item}</span> : null}
      </span>
      <span className="change-values">
        <del>{value(change.before)}</del> <span aria-hidden="true">→</span> <ins>{value(change.after)}</ins>
      </span>
      <Tag tone={TONES[change.direction]}>
        <span aria-hidden="true">{ARROWS[change.direction]}</span>{' '}
        {t(`request.direction.${change.direction}`)}
      </Tag>
    </li>
  );
}

/** Each change once, worst first. */
export function ChangeList({
  changes,
  currency,
}: {
  changes: readonly ChangeRow[];
  currency: string;
}): ReactElement {
  return (
    <ul className="changes">
      {shownOf(changes).map((change) => (
        <Change key={change.path} change={change} currency={currency} />
      ))}
    </ul>
  );
}

/** What changed since this person last approved, or since the last round. */
export function Changes({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const { changesBase, changedSinceLastRound, subject } = request;
  const { changes } = request;
  if (changes.length === 0 && changedSinceLastRound === null) return null;
  return (
    <Panel title={t('request.changes')} note={changesBase ? words('changesBase', changesBase.label) : null}>
      {changes.length === 0 ? (
        <p className="quiet">{t('request.unchanged')}</p>
      ) : (
        <ChangeList changes={changes} currency={subject.amount?.currency ?? BASE_CURRENCY} />
      )}
    </Panel>
  );
}
