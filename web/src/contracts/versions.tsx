import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFollowing } from '../api/following.js';
import type { ContractVersionView, ContractView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { StateTag } from '../ui/state-tag.js';
import { Instant } from '../ui/when.js';
import { ChangeActions } from './change-actions.js';
import { fetchVersions, versionsKey } from './changes.api.js';

/** Every version of a contract that took effect, changes under way or given up among them, newest first. */
export function Versions({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const { id, version, change, effectiveOn } = contract;
  const query = useFollowing({
    queryKey: versionsKey(id),
    read: () => fetchVersions(id),
    revision: `${version}/${change?.version ?? ''}/${change?.state ?? ''}`,
    enabled: effectiveOn !== null,
  });
  if (effectiveOn === null) return null;
  return (
    <Panel className="stack" title={t('contractChange.versions')}>
      <ChangeActions
        contract={contract}
        now={query.data?.find(({ state }) => state === 'IN_FORCE')}
        draft={query.data?.find((each) => each.version === change?.version)}
      />
      {query.isLoadingError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading rows={3} /> : null}
      <ol className="stack" reversed>
        {(query.data ?? []).map((each) => (
          <li key={each.version}>
            <Version shown={each} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Version({ shown }: { shown: ContractVersionView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <div className="stack version">
      <div className="row">
        <span className="strong">v{shown.version}</span>
        <span>{words('changeKind', shown.kind)}</span>
        <StateTag state={shown.state} />
        <span className="small quiet">
          {shown.by?.name} <Instant at={shown.createdAt} />
        </span>
      </div>
      {shown.inForceUntil ? (
        <p className="small quiet">
          {t('contractChange.inForceUntil')} <Instant at={shown.inForceUntil} />
        </p>
      ) : null}
      {shown.reason ? <p>{shown.reason}</p> : null}
      {shown.terminatesOn ? <p>{t('contractChange.ends', { on: shown.terminatesOn })}</p> : null}
      {shown.reviewNote ? <p className="field-error">{shown.reviewNote}</p> : null}
      {shown.differences.length > 0 ? (
        <dl className="differences">
          {shown.differences.map(({ field, before, after }) => (
            <div key={field} className="difference">
              <dt className="small quiet">{fieldText(field)}</dt>
              <dd>
                {before === null ? null : <del>{before}</del>} {after === null ? null : <ins>{after}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {shown.textChanges.length > 0 ? (
        <details>
          <summary>{t('contractChange.text', { n: shown.textChanges.length })}</summary>
          <div className="contract-text small">
            {shown.textChanges.map(({ kind, text }, index) => (
              <p key={index}>{kind === 'ADDED' ? <ins>+ {text}</ins> : <del>− {text}</del>}</p>
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );

  function fieldText(field: string): string {
    const [name = '', n] = field.split(' ');
    return n === undefined
      ? words('changeField', name)
      : t(`contractChange.${name === 'line' ? 'line' : 'instalment'}`, { n });
  }
}
