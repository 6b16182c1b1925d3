import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { MigrateBody, MigrationResults, MigrationTrial, PolicyView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { fetchOpenRequests, moveRequests } from './migration.api.js';
import { MoveRow } from './move-row.js';

export function OpenRequestsPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Panel title={t('move.title')} note={t('move.how')}>
      {may('policy:write') ? <OpenRequests policy={policy} /> : t('move.forbidden')}
    </Panel>
  );
}

/** The dry run of every open request, and moving those that are chosen (AE-POL-2). */
function OpenRequests({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const paged = usePaged({
    key: ['open-requests', policy.id],
    load: (cursor) => fetchOpenRequests(policy.id, cursor),
  });
  const [results, setResults] = useState<MigrationResults['results']>([]);
  if (paged.query.isError)
    return <Failure error={paged.query.error} onRetry={() => void paged.query.refetch()} />;
  if (paged.query.isPending) return <Loading rows={4} />;
  return (
    <div className="stack">
      <Done results={results} />
      {paged.items.length === 0 ? (
        <p className="quiet">{t('move.none')}</p>
      ) : (
        <MoveForm policy={policy} trials={paged.items} onMoved={setResults} />
      )}
      <LoadMore query={paged.query} />
    </div>
  );
}

interface MoveFormProps {
  policy: PolicyView;
  trials: readonly MigrationTrial[];
  onMoved: (results: MigrationResults['results']) => void;
}

function MoveForm({ policy, trials, onMoved }: MoveFormProps): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const command = useCommand<MigrateBody, MigrationResults>({
    run: (body, key) => moveRequests(policy.id, body, key),
    onSuccess: ({ results }) => {
      setChosen(new Set());
      onMoved(results);
    },
  });
  const going = trials.filter(
    ({ requestId, refusal, needsAcceptance }) =>
      chosen.has(requestId) && refusal === null && (!needsAcceptance || accepted.has(requestId)),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const requestIds = going.map(({ requestId }) => requestId);
    command.mutate({
      requestIds,
      acceptOutcome: requestIds.filter((id) => accepted.has(id)),
      reason: reason.trim(),
    });
  };
  const inForce = policy.state === 'ACTIVE';
  return (
    <form className="stack" onSubmit={submit} aria-label={t('move.title')}>
      <ul className="stack">
        {trials.map((trial) => (
          <MoveRow
            key={trial.requestId}
            trial={trial}
            chosen={chosen.has(trial.requestId)}
            onChoose={(on) => setChosen(toggled(chosen, trial.requestId, on))}
            accepted={accepted.has(trial.requestId)}
            onAccept={(on) => setAccepted(toggled(accepted, trial.requestId, on))}
          />
        ))}
      </ul>
      {inForce ? (
        <>
          <Field label={t('move.reason')}>
            {(control) => (
              <input
                {...control}
                className="input"
                maxLength={1_000}
                required
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <ProblemNote error={command.error} />
          <Button
            type="primary"
            htmlType="submit"
            disabled={going.length === 0 || reason.trim() === ''}
            loading={command.isPending}
          >
            {t('move.apply', { n: going.length })}
          </Button>
        </>
      ) : (
        <p className="quiet">{t('move.notYet')}</p>
      )}
    </form>
  );
}

function toggled(set: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

/** What became of each request of the last call. */
function Done({ results }: { results: MigrationResults['results'] }): ReactElement | null {
  const { t } = useTranslation();
  const moved = results.filter((one) => one.moved).length;
  const refused = results.filter(({ problem }) => problem !== null);
  if (results.length === 0) return null;
  return (
    <div className={refused.length > 0 ? 'note tone-warn' : 'note tone-good'} role="status">
      <div className="note-text">
        <p className="strong">{t('move.done', { n: moved, of: results.length })}</p>
        {refused.map(({ requestId, problem }) => (
          <p key={requestId} className="small">
            <span className="code">{requestId}</span> {problem?.code}
          </p>
        ))}
      </div>
    </div>
  );
}
