import type { Reader } from '../../db/prepared.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import type { PersonRef } from '../request/person-ref.js';
import { money } from './inbox-item.js';

/** A live seat of somebody, as whoever hands it over sees it. */
export interface HeldSeat {
  seatId: string;
  requestId: string;
  title: string;
  number: string;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL' | 'STAGE' | 'REVOCATION' | 'SPLIT';
  stage: string;
  state: string;
  amount: { amount: string; currency: string } | null;
  dueAt: string | null;
  /** for whom it is held, when that is somebody else */
  owner: PersonRef | null;
  /** only an opinion is asked: it cannot be handed over */
  isAdvice: boolean;
}

interface Row extends Omit<HeldSeat, 'seatId' | 'requestId' | 'amount' | 'dueAt' | 'isAdvice'> {
  id: string;
  request_id: string;
  amount: string | null;
  currency: string | null;
  due_at: Date | null;
  is_advice: boolean | null;
}

/** Everything somebody holds in running requests, in the order a mass transfer walks it (AE-XFER-3). */
export async function heldSeats(
  db: Reader,
  {
    personId,
    kind,
    policyKinds,
  }: { personId: string; kind?: string | undefined; policyKinds?: readonly string[] | undefined },
  { limit, after }: Slice,
): Promise<Sliced<HeldSeat>> {
  const rows = await db.query<Row[]>(
    `SELECT s.id, s.request_id, r.title, r.number, r.kind, t.title AS stage, s.state, r.amount::text AS amount, r.currency, s.due_at,
       CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name, 'title', o.title) END AS owner,
       s.added->>'relation' = 'CONSULT' AS is_advice
     FROM approval_seat s
     JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
     JOIN approval_stage t ON t.id = s.stage_id
     LEFT JOIN employee o ON o.id = s.owner_id AND s.owner_id <> s.holder_id
     WHERE s.holder_id = $1 AND s.state IN ('WAITING', 'OPEN', 'PARKED')
       AND ($2::varchar IS NULL OR s.kind = $2) AND ($3::uuid IS NULL OR s.id > $3)
       AND ($5::varchar[] IS NULL OR r.policy_kind = ANY($5) OR r.request_kind = ANY($5))
     ORDER BY s.id LIMIT $4`,
    [personId, kind ?? null, after?.[0] ?? null, limit + 1, policyKinds ?? null],
  );
  return cutSlice(rows, limit, heldSeat, ({ id }) => [id]);
}

function heldSeat({ id, request_id, amount, currency, due_at, is_advice, ...row }: Row): HeldSeat {
  return {
    ...row,
    seatId: id,
    requestId: request_id,
    amount: money(amount, currency),
    dueAt: due_at?.toISOString() ?? null,
    isAdvice: is_advice === true,
  };
}
