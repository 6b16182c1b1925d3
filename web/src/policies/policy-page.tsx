import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { Failure, Loading } from '../ui/page-state.js';
import { DraftPage } from './draft-page.js';
import { EndingNote } from './ending-note.js';
import { fetchPolicy, policyKey } from './policies.api.js';
import { PolicyHeader } from './policy-header.js';
import { PolicyTabs } from './policy-tabs.js';
import { VersionActions } from './version-actions.js';
import './policies.css';
import './policy-editor.css';
import './policy-stages.css';

export function PolicyPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: policyKey(id), queryFn: () => fetchPolicy(id) });
  const policy = query.data;
  if (policy?.draft) return <DraftPage key={id} policy={policy} draft={policy.draft} />;
  if (policy)
    return (
      <article className="stack" aria-labelledby="policy-title">
        <PolicyHeader policy={policy} />
        {policy.ending ? <EndingNote id={policy.id} ending={policy.ending} /> : null}
        <VersionActions policy={policy} />
        <PolicyTabs policy={policy} />
      </article>
    );
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={10} />;
}
