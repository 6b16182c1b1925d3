import type { AlertRules, DatedDuty } from '../domain/contract/alerts.js';
import type { ContractPolicy } from '../domain/contract/policy.js';
import type { ContractState } from '../domain/contract/contract.js';
import type { Reader } from './prepared.js';

export interface ContractDuties {
  id: string;
  state: ContractState;
  endsOn: string | null;
  endedAt: Date | null;
  zone: string;
  now: Date;
  duties: DatedDuty[];
  rules: AlertRules;
  policy: ContractPolicy | null;
}

interface Row {
  id: string;
  state: ContractState;
  owner_id: string;
  ends_on: string | null;
  ended_at: Date | null;
  effective_at: Date;
  zone: string;
  now: Date;
  duties: DatedDuty[] | null;
  orders: DatedDuty[] | null;
  unconfirmed: DatedDuty[] | null;
  said: string[] | null;
  policy: ContractPolicy | null;
}

const READ = `
  SELECT k.id, k.state, k.owner_id, k.ends_on::text AS ends_on, k.ended_at, k.effective_at, o.zone, clock_timestamp() AS now,
    (SELECT json_agg(json_build_object('key', 'milestone/' || m.id, 'what', m.kind, 'date', m.due_on, 'ownerId', m.owner_id) ORDER BY m.due_on)
       FROM milestone m WHERE m.contract_id = k.id AND m.done_on IS NULL) AS duties,
    (SELECT json_agg(json_build_object('key', 'order/' || r.id, 'what', 'ORDER_DELIVERY', 'date', r.deliver_by, 'ownerId', r.owner_id))
       FROM contract_order r WHERE r.contract_id = k.id AND r.state IN ('PLACED', 'CONFIRMED')) AS orders,
    (SELECT json_agg(json_build_object('key', 'order-confirm/' || r.id, 'what', 'ORDER_CONFIRM', 'ownerId', r.owner_id,
       'date', (r.confirm_by AT TIME ZONE o.zone)::date,
       'instant', to_char(r.confirm_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
       FROM contract_order r WHERE r.contract_id = k.id AND r.state = 'PLACED' AND r.confirm_by IS NOT NULL) AS unconfirmed,
    (SELECT json_agg(a.key) FROM contract_alert a WHERE a.contract_id = k.id) AS said,
    (SELECT p.content FROM policy_version p WHERE p.kind = 'contract' AND p.valid @> now()) AS policy
  FROM contract k JOIN employee o ON o.id = k.owner_id WHERE k.id = $1 AND k.effective_on IS NOT NULL`;

/** What is due of a contract that has taken effect, and what was said of it; null when there is none. */
export async function contractDuties(db: Reader, contractId: string): Promise<ContractDuties | null> {
  const [row] = await db.query<Row[]>(READ, [contractId]);
  if (!row) return null;
  const { id, state, zone, now, policy, owner_id: ownerId, ends_on: endsOn, ended_at: endedAt } = row;
  const end: DatedDuty[] = endsOn ? [{ key: 'end', what: 'END', date: endsOn, ownerId }] : [];
  return {
    id,
    state,
    endsOn,
    endedAt,
    zone,
    now,
    policy,
    duties: [...(row.duties ?? []), ...(row.orders ?? []), ...(row.unconfirmed ?? []), ...end],
    rules: {
      milestoneDays: policy?.milestoneReminderDays ?? [],
      endDays: policy?.endReminderDays ?? [],
      zone,
      now: now.getTime(),
      since: row.effective_at.getTime(),
      said: new Set(row.said ?? []),
    },
  };
}
