import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useMay } from '../api/session.js';
import type { PolicyView } from '../api/types.js';
import { FetchFailed } from '../ui/fetched.js';
import { BaseProvider } from './base-version.js';
import { DraftActions } from './draft-actions.js';
import { BaseMoved, DraftFacts, EditingNotes } from './draft-notes.js';
import { fetchPolicies, fetchPolicy, policyKey } from './policies.api.js';
import { PolicyHeader } from './policy-header.js';
import { PolicyTabs } from './policy-tabs.js';
import { EditingProvider, useDraftEditing } from './use-draft-editing.js';

type Draft = NonNullable<PolicyView['draft']>;
const PUBLISHED: readonly string[] = ['SCHEDULED', 'ACTIVE', 'ENDED'];

/** The newest version of its kind: what a draft is compared with, and must have been made from. */
function newestOf(policies: readonly PolicyView[] | undefined): PolicyView | null {
  return (
    (policies ?? [])
      .filter(({ state }) => PUBLISHED.includes(state))
      .sort((one, other) => other.version - one.version)[0] ?? null
  );
}

/** A draft: to write for whoever may, to review for whoever wrote none of it. */
export function DraftPage({ policy, draft }: { policy: PolicyView; draft: Draft }): ReactElement {
  const may = useMay();
  const ofKind = useQuery({
    queryKey: ['policies', policy.kind],
    queryFn: () => fetchPolicies(policy.kind),
  });
  const newest = newestOf(ofKind.data);
  const moved = newest !== null && newest.id !== draft.basedOn;
  const basis = useQuery({
    queryKey: policyKey(draft.basedOn ?? ''),
    queryFn: () => fetchPolicy(draft.basedOn ?? ''),
    enabled: draft.basedOn !== null && !moved,
  });
  const base = moved ? newest : (basis.data ?? null);
  const editing = useDraftEditing(policy, base);
  const writes = draft.acts.includes('EDIT') && may('policy:draft');
  return (
    <BaseProvider value={base}>
      <EditingProvider value={writes ? editing : null}>
        <article className="stack" aria-labelledby="policy-title">
          <PolicyHeader policy={policy} />
          <FetchFailed query={ofKind.error ? ofKind : basis} />
          <DraftFacts draft={draft} />
          <DraftActions policy={policy} draft={draft} />
          {moved ? <BaseMoved newest={newest} editing={writes ? editing : null} /> : null}
          {writes ? <EditingNotes id={policy.id} editing={editing} /> : null}
          <PolicyTabs policy={policy} />
        </article>
      </EditingProvider>
    </BaseProvider>
  );
}
