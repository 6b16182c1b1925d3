import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { Endpoint } from '../api/types.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { ChannelForm } from './channel-form.js';
import { changeEndpoint, fetchEndpoints, type ChangeEndpoint } from './channels.api.js';

/** Where messages go besides mail, how that has gone in the last day, and adding or turning off one. */
export function Channels(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const mayChange = may('org:admin') || may('ops:act');
  const query = useQuery({ queryKey: ['ops', 'channels'], queryFn: fetchEndpoints });
  return (
    <Panel title={t('channels.title')}>
      <div className="stack">
        {query.data ? (
          <ul className="stuck-list">
            {query.data.map((endpoint) => (
              <ChannelRow key={endpoint.id} endpoint={endpoint} mayChange={mayChange} />
            ))}
          </ul>
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={2} />
        )}
        {mayChange ? (
          <details>
            <summary>{t('channels.add')}</summary>
            <ChannelForm />
          </details>
        ) : null}
      </div>
    </Panel>
  );
}

function ChannelRow({ endpoint, mayChange }: { endpoint: Endpoint; mayChange: boolean }): ReactElement {
  const { t } = useTranslation();
  const { id, channel, name, person, state, version, sent, failed, lastError } = endpoint;
  const command = useCommand<ChangeEndpoint, Endpoint>({ run: changeEndpoint });
  const isActive = state === 'ACTIVE';
  return (
    <li>
      <div className="row">
        <Tag tone={isActive ? 'accent' : 'plain'}>{t(`channels.kind.${channel}`)}</Tag>
        <span className="strong">{name}</span>
        {person ? <span className="quiet">{person.name}</span> : null}
        <span className="small quiet">{t('channels.lastDay', { sent, failed })}</span>
        {mayChange && channel !== 'MAIL' ? (
          <Button
            loading={command.isPending}
            onClick={() =>
              command.mutate({
                id,
                body: { expectedVersion: version, state: isActive ? 'DISABLED' : 'ACTIVE' },
              })
            }
          >
            {isActive ? t('channels.turnOff') : t('channels.turnOn')}
          </Button>
        ) : null}
      </div>
      {lastError ? <p className="small due-soon">{lastError}</p> : null}
      <ProblemNote error={command.error} />
    </li>
  );
}
