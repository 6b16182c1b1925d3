import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Ago } from '../ui/when.js';

/** What the request is judged by has moved since it was submitted. */
export function PricesMoved({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const serverText = useServerText();
  const opened = request.timeline.findLastIndex(({ type }) => type === 'request.submitted');
  const moved = request.timeline.slice(opened + 1).filter(({ type }) => type === 'request.reassessed');
  if (moved.length === 0) return null;
  const named = (changes: string): string =>
    request.subject.facts.reduce(
      (text, { key, label }) => text.replaceAll(`${key} `, `${serverText(label)} `),
      changes,
    );
  return (
    <div className="note" role="status">
      <strong>{t('pricesMoved.title')}</strong>
      <ul>
        {moved.map(({ seq, at, text }) => (
          <li key={seq}>
            {text.params['what']} · {named(text.params['changes'] ?? '')} · <Ago at={at} />
            {text.params['stages'] ? ` · ${t('pricesMoved.added', { stages: text.params['stages'] })}` : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
