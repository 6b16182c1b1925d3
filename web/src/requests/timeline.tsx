import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView, TimelineEntry } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { useServerText } from '../i18n/server-text.js';
import { Instant } from '../ui/when.js';
import { useFactChanges, useMovedText } from './fact-changes.js';

/** What a person did; the rest follows from it, and naming them again would say they did it. */
const BY_SOMEBODY =
  /^(seat\.(urged|approve|reject|return|abstain|added|retracted|transferred(\.reassigned)?)|initiator\.replaced\.named|request\.(submitted|resubmitted|amendment-submitted|amended|stale|reverted\.(withdrawn|terminated)|closed\.(withdrawn|terminated))|stage\.(restaffed|named|outcome-accepted|claimed|released)|attachment\.added)$/;

/** A return is one line, not three. */
const TOLD_BY_THE_ACT = new Set(['stage.closed.returned', 'request.returned']);

const MOVED = /^request\.(refreshed|reassessed(\.customer)?)$/;

/** Where nobody is asked as well it does not say whom. */
function keyOf({ key, params }: TimelineEntry['text']): string {
  return MOVED.test(key) && params['stages'] === '' ? `${key}.alone` : key;
}

interface TimelineProps {
  entries: readonly TimelineEntry[];
  facts: RequestView['subject']['facts'];
}

/** Everything that happened, newest first. */
export function Timeline({ entries, facts }: TimelineProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const format = useFormat();
  const changed = useFactChanges(facts);
  const moved = useMovedText();
  const saying: Readonly<Record<string, (value: string) => string>> = {
    at: format.instant,
    changes: changed,
    what: moved,
  };
  const inWords = (params: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, saying[name]?.(value) ?? serverText(value)]),
    );
  const newestFirst = entries
    .filter(({ text }) => !TOLD_BY_THE_ACT.has(text.key))
    .sort((a, b) => b.seq - a.seq);
  return (
    <ol className="timeline">
      {newestFirst.map((entry) => (
        <li key={entry.seq}>
          <p>
            {BY_SOMEBODY.test(entry.text.key) ? (
              <span className="strong">{entry.actor?.name ?? t('timeline.system')} </span>
            ) : null}
            {entry.onBehalfOf ? t('path.onBehalfOf', { name: entry.onBehalfOf.name }) : null}{' '}
            {words('timelineText', keyOf(entry.text), inWords(entry.text.params))}
          </p>
          {entry.comment ? <q>{entry.comment}</q> : null}
          {entry.erased ? <span className="small quiet">{t('erasure.erased')}</span> : null}
          <p className="small quiet">
            <Instant at={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
