import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { DeliveryQueued, Endpoint } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { ChannelForm } from './channel-form.js';
import { ChannelTest } from './channel-test.js';
import { testEndpoint } from './deliveries.api.js';
import { changeEndpoint, fetchEndpoints, type ChangeEndpoint } from './channels.api.js';

/** Where messages go besides mail, how that has gone in the last day, and adding or turning off one. */
export function Channels(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const mayChange = may('org:admin') || may('ops:act');
  const query = useQuery({ queryKey: ['ops', 'channels'], queryFn: fetchEndpoints });
  return (
    <Panel title={t('channels.title')} note={<Link to="/ops/deliveries">{t('channels.log')}</Link>}>
      <div className="stack">
        {query.data?.length === 0 ? (
          <p className="quiet">{t('channels.none')}</p>
        ) : query.data ? (
          <ul className="channel-list">
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
  const words = useCodeText();
  const { id, channel, name, person, state, disabledCode, version, sent, failed, lastError } = endpoint;
  const command = useCommand<ChangeEndpoint, Endpoint>({ run: changeEndpoint });
  const [tested, setTested] = useState<string | null>(null);
  const test = useCommand<string, DeliveryQueued>({
    run: testEndpoint,
    onSuccess: (queued) => setTested(queued.id),
  });
  const isActive = state === 'ACTIVE';
  return (
    <li className="channel">
      <div className="row">
        <Tag tone={isActive ? 'accent' : 'plain'}>{t(`channels.kind.${channel}`)}</Tag>
        {channel === 'MAIL' ? null : <span className="strong">{name}</span>}
        {isActive ? null : (
          <Tag>{disabledCode ? words('disabledCode', disabledCode) : t('channels.isOff')}</Tag>
        )}
        {person ? <span className="quiet">{person.name}</span> : null}
        <Link className="small" to={`/ops/deliveries?endpointId=${id}`}>
          {t('channels.lastDay', { sent, failed })}
        </Link>
        {mayChange && isActive ? (
          <Button loading={test.isPending} onClick={() => test.mutate(id)}>
            {t('channels.test')}
          </Button>
        ) : null}
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
      {lastError ? (
        <p className="small">
          <span className="due-soon">{t('channels.lastError')}</span>{' '}
          <code className="code">{lastError}</code>
        </p>
      ) : null}
      {tested ? <ChannelTest key={tested} deliveryId={tested} /> : null}
      <ProblemNote error={command.error ?? test.error} />
    </li>
  );
}
