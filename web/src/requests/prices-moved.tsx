import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Ago } from '../ui/when.js';
import { useFactChanges, useMovedText } from './fact-changes.js';

/** What the request is judged by has moved since it was submitted. */
export function PricesMoved({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const moved = useMovedText();
  const serverText = useServerText();
  const changed = useFactChanges(request.subject.facts);
  const opened = request.timeline.findLastIndex(({ type }) => type === 'request.submitted');
  const reassessed = request.timeline.slice(opened + 1).filter(({ type }) => type === 'request.reassessed');
  if (reassessed.length === 0) return null;
  return (
    <div className="note" role="status">
      <strong>{t('pricesMoved.title')}</strong>
      <ul>
        {reassessed.map(({ seq, at, text }) => (
          <li key={seq}>
            {moved(text.params['what'] ?? '')} · {changed(text.params['changes'] ?? '')} · <Ago at={at} />
            {text.params['stages']
              ? ` · ${t('pricesMoved.added', { stages: serverText(text.params['stages']) })}`
              : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
