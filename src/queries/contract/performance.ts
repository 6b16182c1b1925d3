import type { DataSource } from 'typeorm';
import { heldAtEndSql } from '../../db/held-at-end.js';
import { orderActsIn, remaining, type OrderState, type Quantity } from '../../domain/contract/orders.js';
import { HOLD_PERMISSION, isInForce } from '../../domain/contract/life.js';
import type { DatedDuty } from '../../domain/contract/alerts.js';
import type { ContractState } from '../../domain/contract/contract.js';
import { DomainError } from '../../domain/errors.js';
import { formatAmount } from '../../domain/money.js';
import type { Viewer } from '../org/scope.js';
import type { PersonRef } from '../request/person-ref.js';
import { mustReachContract } from './contracts.js';

export interface OrderView {
  id: string;
  no: number;
  state: OrderState;
  lines: { no: number; name: string; qty: string }[];
  deliverBy: string;
  confirmBy: string | null;
  confirmedAt: string | null;
  deliveredOn: string | null;
  late: boolean;
  owner: PersonRef;
  note: string | null;
  actions: string[];
}

export interface DisputeView {
  id: string;
  reason: string;
  text: string;
  amount: { amount: string; currency: string };
  owner: PersonRef;
  suspends: boolean;
  state: string;
  openedAt: string;
  outcome: string | null;
  closedAt: string | null;
  actions: string[];
}

/** What was said of a date of the contract, when, and to whom. */
export interface NoticeView {
  at: string;
  what: DatedDuty['what'];
  date: string;
  /** calendar days from the date: negative before it */
  days: number;
  told: PersonRef[];
}

export interface PerformanceView {
  lines: { no: number; name: string; qty: string; remaining: string }[];
  orders: OrderView[];
  disputes: DisputeView[];
  notices: NoticeView[];
  actions: string[];
}

interface Row {
  state: ContractState;
  heldAtEnd: boolean;
  currency: string;
  lines: (Quantity & { name: string })[];
  orders: (Omit<OrderView, 'lines' | 'actions'> & { lines: Quantity[] })[] | null;
  disputes: (Omit<DisputeView, 'amount' | 'actions'> & { amount: string })[] | null;
  notices: NoticeView[] | null;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${UTC})`;
const PERSON = `json_build_object('id', e.id, 'name', e.name, 'title', e.title)`;
const READ = `
  SELECT k.state, ${heldAtEndSql('k.id')} AS "heldAtEnd", k.currency, k.terms->'lines' AS lines,
    (SELECT json_agg(json_build_object('id', o.id, 'no', o.no, 'state', o.state, 'deliverBy', o.deliver_by,
       'confirmBy', ${instant('o.confirm_by')}, 'confirmedAt', ${instant('o.confirmed_at')}, 'deliveredOn', o.delivered_on,
       'late', (o.state = 'PLACED' AND o.confirm_by < now())
         OR (o.state IN ('PLACED', 'CONFIRMED') AND o.deliver_by < (now() AT TIME ZONE e.zone)::date),
       'owner', ${PERSON}, 'note', o.note,
       'lines', (SELECT json_agg(json_build_object('no', l.line_no, 'qty', trim_scale(l.qty)::text) ORDER BY l.line_no)
                 FROM contract_order_line l WHERE l.order_id = o.id)) ORDER BY o.no DESC)
     FROM contract_order o JOIN employee e ON e.id = o.owner_id WHERE o.contract_id = k.id) AS orders,
    (SELECT json_agg(json_build_object('id', d.id, 'reason', d.reason, 'text', d.text, 'amount', d.amount::text, 'owner', ${PERSON},
       'suspends', d.suspends, 'state', d.state, 'openedAt', ${instant('d.opened_at')}, 'outcome', d.outcome,
       'closedAt', ${instant('d.closed_at')}) ORDER BY d.opened_at DESC)
     FROM contract_dispute d JOIN employee e ON e.id = d.owner_id WHERE d.contract_id = k.id) AS disputes,
    (SELECT json_agg(json_build_object('at', ${instant('v.at')}, 'what', v.payload->>'what', 'date', v.payload->>'date',
       'days', (v.payload->>'days')::int,
       'told', (SELECT coalesce(json_agg(${PERSON} ORDER BY e.name), '[]') FROM employee e
                WHERE e.id IN (SELECT t::uuid FROM jsonb_array_elements_text(v.payload->'told') t))) ORDER BY v.seq DESC)
     FROM event v WHERE v.aggregate_kind = 'contract' AND v.aggregate_id = k.id AND v.type = 'contract.alerted') AS notices
  FROM contract k WHERE k.id = $1`;

/** What was ordered, delivered and disputed under a contract, and what may still be ordered. @throws DomainError NOT_FOUND */
export async function contractPerformance(
  db: DataSource,
  viewer: Viewer,
  contractId: string,
): Promise<PerformanceView> {
  await mustReachContract(db, viewer, 'contract:read', contractId);
  const [row] = await db.query<Row[]>(READ, [contractId]);
  if (!row) throw new DomainError('NOT_FOUND', { contractId });
  const orders = row.orders ?? [];
  const taken = orders.filter(({ state }) => state !== 'CANCELLED').flatMap(({ lines }) => lines);
  const left = new Map(remaining(row.lines, taken).map(({ no, qty }) => [no, qty]));
  const names = new Map(row.lines.map(({ no, name }) => [no, name]));
  const writes = viewer.permissions['contract:write'] !== undefined;
  const holds = viewer.permissions[HOLD_PERMISSION.DISPUTE] !== undefined;
  const performs = isInForce(row.state) && row.state !== 'SUSPENDED';
  return {
    lines: row.lines.map(({ no, name, qty }) => ({ no, name, qty, remaining: left.get(no) ?? '0' })),
    orders: orders.map((order) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, name: names.get(line.no) ?? '' })),
      actions: writes ? orderActsIn(order.state, row) : [],
    })),
    disputes: (row.disputes ?? []).map((dispute) => ({
      ...dispute,
      amount: { amount: formatAmount(dispute.amount, row.currency), currency: row.currency },
      actions: writes && dispute.state === 'OPEN' && (holds || !dispute.suspends) ? ['CLOSE'] : [],
    })),
    notices: row.notices ?? [],
    actions: writes && isInForce(row.state) ? actionsOf({ performs, holds }) : [],
  };
}

function actionsOf({ performs, holds }: { performs: boolean; holds: boolean }): string[] {
  return [...(performs ? ['ORDER'] : []), 'DISPUTE', ...(holds ? ['DISPUTE_HOLD'] : [])];
}
