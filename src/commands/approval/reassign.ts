import type { DataSource } from 'typeorm';
import type { SeatState } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import { hexDigest } from '../hash.js';
import type { CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { lockRequest } from './request-lock.js';
import { commandInTurn } from './turn.js';

/** Seats of one call; the next call goes on behind the last of them. */
export const MAX_REASSIGNED = 200;

export interface MassTransfer {
  fromPersonId: string;
  toPersonId: string;
  /** for single seats somebody else; these and no others when `onlyTargets` */
  targets: readonly { seatId: string; toPersonId: string }[];
  onlyTargets: boolean;
  kind: string | null;
  reason: string;
  merge: boolean;
  /** the last seat of the call before */
  after: string | null;
}

export interface SeatMoved {
  seatId: string;
  requestId: string;
  toPersonId: string;
  outcome: 'MOVED' | 'MERGED' | 'REFUSED';
  /** why it was refused */
  code: string | null;
  replayed: boolean;
}

export interface MassTransferred {
  results: SeatMoved[];
  /** pass it as `after`; null when nothing is left */
  next: string | null;
}

/**
 * AE-XFER-3: everything somebody holds, or part of it, handed over by an approval admin. Each seat is a command of its
 * own, with an event of its own; what one refuses does not hold up the others. The same key again goes on where it
 * stopped and gives the first answers for what is done.
 */
export async function massTransfer(
  db: DataSource,
  meta: CommandMeta,
  input: MassTransfer,
): Promise<MassTransferred> {
  const seats = await seatsToMove(db, meta, input);
  const page = seats.slice(0, MAX_REASSIGNED);
  const results: SeatMoved[] = [];
  for (const seat of page) results.push(await moveSeat(db, meta, input, seat));
  return { results, next: seats.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

interface Row {
  id: string;
  request_id: string;
}

/** What the person holds, and what this very call has moved already. */
async function seatsToMove(db: DataSource, meta: CommandMeta, input: MassTransfer): Promise<Row[]> {
  const only = input.onlyTargets ? input.targets.map(({ seatId }) => seatId) : null;
  return db.query<Row[]>(
    `SELECT s.id, s.request_id FROM approval_seat s
     JOIN approval_request r ON r.id = s.request_id
     WHERE (s.holder_id = $1 AND s.state IN ('WAITING', 'OPEN', 'PARKED') AND s.round = r.round AND r.state = 'PENDING'
         OR s.id IN (SELECT right(k.key, 36)::uuid FROM command_key k
                     WHERE k.actor = $2 AND k.scope LIKE 'seat.reassign/%' AND starts_with(k.key, $3)))
       AND ($4::varchar IS NULL OR s.kind = $4) AND ($5::uuid[] IS NULL OR s.id = ANY($5)) AND ($6::uuid IS NULL OR s.id > $6)
     ORDER BY s.id LIMIT ${MAX_REASSIGNED + 1}`,
    [input.fromPersonId, meta.actor.id, `${hexDigest(meta.key)}:`, input.kind, only, input.after],
  );
}

async function moveSeat(
  db: DataSource,
  meta: CommandMeta,
  { fromPersonId, targets, reason, merge, ...rest }: MassTransfer,
  { id: seatId, request_id: requestId }: Row,
): Promise<SeatMoved> {
  const toPersonId = targets.find((target) => target.seatId === seatId)?.toPersonId ?? rest.toPersonId;
  const command = { type: 'REASSIGN' as const, seatId, fromPersonId, toPersonId, reason, merge };
  const own: CommandMeta = {
    ...meta,
    key: `${hexDigest(meta.key)}:${seatId}`,
    scope: `seat.reassign/${seatId}`,
    body: { ...command },
  };
  try {
    const { value, replayed } = await commandInTurn(db, own, requestId, async (tx) => {
      const held = await lockRequest(tx, requestId);
      const { actor, correlationId } = meta;
      const others = [fromPersonId, toPersonId];
      const context = await contextFor(tx, held.before, { actor, now: held.head.now, others });
      const decided = judge(held.before, command, context);
      await apply(tx, held, decided, { actor, cause: command.type, correlationId });
      const seat = decided.after.seats.find(({ id }) => id === seatId);
      return { state: seat?.state ?? null } satisfies { state: SeatState | null };
    });
    const outcome = value.state === 'REMOVED' ? 'MERGED' : 'MOVED';
    return { seatId, requestId, toPersonId, outcome, code: null, replayed };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { seatId, requestId, toPersonId, outcome: 'REFUSED', code: error.code, replayed: false };
  }
}
