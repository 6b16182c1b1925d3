import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFollowing } from '../api/following.js';
import { useCommand } from '../api/intent.js';
import type { ContractPerformance, ContractView } from '../api/types.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { Failure } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { StateTag } from '../ui/state-tag.js';
import { DateText } from '../ui/when.js';
import { Disputes } from './disputes.js';
import { Notices } from './notices.js';
import {
  actOnOrder,
  fetchPerformance,
  performanceKey,
  placeOrder,
  type NewOrder,
  type OnOrder,
  type OrderAct,
} from './performance.api.js';

/** Orders under a contract in force, and disputes about it. */
export function Performance({ contract }: { contract: ContractView }): ReactElement | null {
  const { id, state, rowVersion, effectiveOn } = contract;
  const query = useFollowing({
    queryKey: performanceKey(id),
    read: () => fetchPerformance(id),
    revision: `${state}/${rowVersion}`,
    enabled: effectiveOn !== null,
  });
  if (!query.data)
    return query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null;
  return (
    <>
      <Orders contractId={id} performance={query.data} />
      <Disputes contractId={id} currency={contract.total.currency} performance={query.data} />
      <Notices notices={query.data.notices} />
    </>
  );
}

interface OrdersProps {
  contractId: string;
  performance: ContractPerformance;
}

function Orders({ contractId, performance }: OrdersProps): ReactElement {
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  const command = useCommand<OnOrder, unknown>({ run: actOnOrder, onSuccess: () => undefined });
  return (
    <Panel className="stack" title={t('performance.orders')}>
      {performance.orders.length === 0 ? <p className="quiet">{t('performance.noOrders')}</p> : null}
      <ul className="stack">
        {performance.orders.map((order) => (
          <li key={order.id} className="stack">
            <div className="row">
              <span className="strong">{t('performance.order', { n: order.no })}</span>
              <StateTag state={order.state} />
              <span className={order.late ? 'small due-late' : 'small quiet'}>
                {t(
                  order.deliveredOn
                    ? 'performance.delivered'
                    : order.late
                      ? 'performance.late'
                      : 'contract.dueOn',
                )}{' '}
                <DateText on={order.deliveredOn ?? order.deliverBy} />
              </span>
            </div>
            <span className="small">
              {order.lines.map(({ name, qty }) => `${name} × ${qty}`).join(' · ')}
            </span>
            <span className="small quiet">{order.owner.name}</span>
            <div className="row">
              {order.actions.map((action) => (
                <Button
                  key={action}
                  size="small"
                  danger={action === 'CANCEL'}
                  loading={command.isPending && command.variables?.orderId === order.id}
                  onClick={() =>
                    command.mutate({
                      id: contractId,
                      orderId: order.id,
                      act: action as OrderAct,
                      day: dayFromNow(0),
                    })
                  }
                >
                  {t(`performance.act.${action as OrderAct}`)}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <ProblemNote error={command.error} />
      {performance.actions.includes('ORDER') ? (
        <Button onClick={() => setPlacing(true)}>{t('performance.place')}</Button>
      ) : null}
      {placing ? (
        <OrderSheet contractId={contractId} performance={performance} onClose={() => setPlacing(false)} />
      ) : null}
    </Panel>
  );
}

function OrderSheet({
  contractId,
  performance,
  onClose,
}: OrdersProps & { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [deliverBy, setDeliverBy] = useState('');
  const [qty, setQty] = useState<Record<number, string>>({});
  const command = useCommand<NewOrder, unknown>({ run: placeOrder, onSuccess: onClose });
  const lines = performance.lines.flatMap(({ no }) => (qty[no]?.trim() ? [{ no, qty: qty[no].trim() }] : []));
  return (
    <Sheet title={t('performance.place')} onClose={onClose}>
      {performance.lines.map(({ no, name, remaining }) => (
        <Field key={no} label={name} hint={t('performance.remaining', { n: remaining })}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              value={qty[no] ?? ''}
              onChange={(event) => setQty({ ...qty, [no]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('performance.deliverBy')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            value={deliverBy}
            onChange={(event) => setDeliverBy(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={lines.length === 0 || !deliverBy}
          loading={command.isPending}
          onClick={() => command.mutate({ id: contractId, body: { lines, deliverBy } })}
        >
          {t('performance.place')}
        </Button>
      </div>
    </Sheet>
  );
}
