import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyFindings } from '../api/types.js';
import { Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { lintKind, type KindContent } from './kinds.api.js';

const PAUSE_MS = 500;

/** What the linter says of a content, asked again when typing pauses. */
export function useFindings(content: KindContent | null): UseQueryResult<PolicyFindings> {
  const text = content && JSON.stringify(content);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery({
    queryKey: ['catalogue', 'kind-lint', asked],
    queryFn: () => lintKind(JSON.parse(asked ?? '{}') as KindContent),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}

/** Errors first; with one the kind cannot be put in force. */
export function Findings({ query }: { query: UseQueryResult<PolicyFindings> }): ReactElement {
  const { t, i18n } = useTranslation();
  return (
    <Panel title={t('kinds.findings')}>
      {query.isError ? (
        <ProblemNote error={query.error} />
      ) : !query.data ? (
        <Loading rows={2} />
      ) : query.data.problems.length === 0 ? (
        <p className="quiet">{t('kinds.clean')}</p>
      ) : (
        <ul className="fills stack" aria-live="polite">
          {query.data.problems.map(({ at, code, severity, message, messageZh }, index) => (
            <li key={`${at}${code}${index}`}>
              <span className="row">
                <Tag tone={severity === 'ERROR' ? 'bad' : 'warn'}>{t(`kinds.severity.${severity}`)}</Tag>
                <span className="code small">{at}</span>
              </span>
              <p className="small">{i18n.language === 'en' ? message : messageZh}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
