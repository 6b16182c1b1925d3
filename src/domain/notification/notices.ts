import type { ApprovalEvent, ApprovalEventType } from '../approval/events.js';
import type { ApprovalState, Seat } from '../approval/model.js';
import type { JsonObject } from '../json.js';

/**
 * What people are told. TASK: yours to answer · TASK_MOVED: no longer yours, somebody else holds it · TASK_GONE: no longer
 * asked · REMINDER, ESCALATION: time has passed · URGE: the initiator asks for the answer · RETURNED, RETURNED_REMINDER: the initiator's turn · OUTCOME: it ended · COPY: for your information ·
 * STAGE_DECIDED: for channels that many read, after which nobody needs to answer a card.
 * OFFER_ANSWERED: the customer said yes or no to a quotation · OFFER_EXPIRING: its validity ends soon.
 * OFFER_HANDED_OVER, CONTRACT_HANDED_OVER: its owner has left, and it is yours now. CONTRACT_DUTY_MOVED: likewise dates,
 * orders or disputes of a contract.
 * DEAL_STUCK, DEAL_SLIPPED, DEAL_DROPPED, DEAL_RESUME: time says something of deals (processes §3.2); only in the console.
 * CONTRACT_DUE, CONTRACT_LATE, CONTRACT_ENDING: likewise of the dates of contracts in force. CONTRACT_SIGNING: how the
 * signing of one ended.
 */
export const NOTICE_KINDS = [
  'TASK',
  'TASK_MOVED',
  'TASK_GONE',
  'REMINDER',
  'URGE',
  'ESCALATION',
  'RETURNED',
  'RETURNED_REMINDER',
  'OUTCOME',
  'COPY',
  'STAGE_DECIDED',
  'DEAL_STUCK',
  'DEAL_SLIPPED',
  'DEAL_DROPPED',
  'DEAL_RESUME',
  'CONTRACT_DUE',
  'CONTRACT_LATE',
  'CONTRACT_ENDING',
  'CONTRACT_HANDED_OVER',
  'CONTRACT_DUTY_MOVED',
  'CONTRACT_SIGNING',
  'OFFER_ANSWERED',
  'OFFER_EXPIRING',
  'OFFER_HANDED_OVER',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One thing one person hears; `personId` null = only channels that many read. */
export interface Notice {
  personId: string | null;
  kind: NoticeKind;
  seatId: string | null;
  /** unique for what is told to whom: the same is never told twice, a second visit is something new (frappe#41691) */
  key: string;
  params: JsonObject;
}

/** A change of a request, and who made it: nobody is told of their own act. */
export interface NoticeChange {
  before: ApprovalState | null;
  after: ApprovalState;
  actorId: string;
}

type EventOf<T extends ApprovalEventType> = Extract<ApprovalEvent, { type: T }>;
type Rule<T extends ApprovalEventType> = (event: EventOf<T>, change: NoticeChange) => readonly Notice[];

/** Event → who is told what. An event without a line tells nobody. */
const RULES: { readonly [T in ApprovalEventType]?: Rule<T> } = {
  'stage.activated': ({ seats }, change) => seats.flatMap(({ id }) => taskOf(id, change)),
  'stage.restaffed': ({ seats }, change) => seats.flatMap(({ id }) => taskOf(id, change)),
  'seat.added': ({ seat }, change) => taskOf(seat.id, change),
  'seat.opened': ({ seatId }, change) => taskOf(seatId, change),
  'seat.restored': ({ seatId }, change) => taskOf(seatId, change),
  'seat.return-lapsed': ({ seatId }, change) => taskOf(seatId, change),
  'seat.transferred': ({ seatId, cause }, change) => [
    ...taskOf(seatId, change),
    ...noLongerYours(seatId, cause, change),
  ],
  'seat.closed': ({ seatId, code }, change) => noLongerAsked(seatId, code, change),
  'request.copied': ({ trigger, personIds }, change) =>
    tell(change, 'COPY', personIds, trigger, { params: { trigger, state: change.after.state } }),
  'seat.urged': ({ seatId, comment, at }, change) => {
    const seat = seatIn(change.after, seatId);
    const params = { by: change.actorId, ...(comment === null ? {} : { comment }) };
    return seat
      ? tell(change, 'URGE', [seat.holderId], `${seatId}/${seat.visit}/${at}`, { seatId, params })
      : [];
  },
  'rung.fired': ({ seatId, visit, rungId, kind, targets }, change) => {
    if (kind === 'REMIND')
      return tell(change, 'REMINDER', targets, `${seatId}/${visit}/${rungId}`, { seatId });
    const told = kind === 'CC_MANAGER' ? targets : [];
    return tell(change, 'ESCALATION', told, `${seatId}/${visit}/${rungId}`, { seatId });
  },
  'stage.closed': ({ stageId, state }, change) => {
    if (state !== 'PASSED' && state !== 'REJECTED') return [];
    const stage = change.after.stages.find(({ id }) => id === stageId);
    const params = { stage: stage?.spec.title ?? '', state, by: change.actorId };
    return [{ ...aboutRequest(change, 'STAGE_DECIDED', null, `${stageId}/${stage?.visit ?? 0}`), params }];
  },
  'request.returned': ({ pendingReturn, stop }, change) =>
    pendingReturn.to === 'INITIATOR'
      ? initiatorsTurn(change, 'RETURNED', stop ? { code: 'CUSTOMER_BLOCKED', cause: stop.cause } : {})
      : [],
  'initiator.replaced': (_event, change) => initiatorsTurn(change, 'RETURNED'),
  'request.reminded': ({ targets }, change) =>
    tell(change, 'RETURNED_REMINDER', targets, turnKey(change.after)),
  'request.revoked': (_event, change) =>
    tell(change, 'OUTCOME', [change.after.initiatorId], `${change.after.round}/REVOKED`, {
      params: { state: 'REVOKED', by: change.actorId },
    }),
  'request.reverted': ({ outcome, by }, change) =>
    tell(change, 'OUTCOME', [change.after.initiatorId], `${change.after.round}/${outcome}`, {
      params: { state: outcome, by },
    }),
  'request.closed': ({ state, by }, change) => {
    const [key, params] = [`${change.after.round}/${state}`, { state, by }];
    const told = tell(change, 'OUTCOME', [change.after.initiatorId], key, { params });
    // a card that many read must not go on asking, also when the initiator needs no telling (AE-LINK-2)
    return told.length > 0 ? told : [{ ...aboutRequest(change, 'OUTCOME', null, key), params }];
  },
};

/** What a command's events mean for people, each thing once. Pure: order and keys follow from the events alone. */
export function noticesOf(events: readonly ApprovalEvent[], change: NoticeChange): Notice[] {
  const seen = new Set<string>();
  return events
    .flatMap((event) => noticesOfOne(event, change))
    .filter(({ key }) => !seen.has(key) && seen.add(key) !== undefined);
}

function noticesOfOne<T extends ApprovalEventType>(
  event: EventOf<T>,
  change: NoticeChange,
): readonly Notice[] {
  const rule: Rule<T> | undefined = RULES[event.type as T];
  return rule ? rule(event, change) : [];
}

/** A seat that is open when the command is over is its holder's task; one that was answered on the way is not. */
function taskOf(seatId: string, change: NoticeChange): Notice[] {
  const seat = seatIn(change.after, seatId);
  if (seat?.state !== 'OPEN') return [];
  const { holderId, visit, version } = seat;
  return [aboutRequest(change, 'TASK', holderId, `${seatId}/${visit}/${version}`, seatId)];
}

function noLongerYours(
  seatId: string,
  cause: EventOf<'seat.transferred'>['cause'],
  change: NoticeChange,
): Notice[] {
  const was = change.before && seatIn(change.before, seatId);
  if (!was) return [];
  const to = seatIn(change.after, seatId)?.holderId ?? '';
  const key = `${seatId}/${was.visit}/${was.version}`;
  return tell(change, 'TASK_MOVED', [was.holderId], key, { seatId, params: { to, cause } });
}

/** Told once per person and request, and only to those who had been asked (AE-WD-1); a colleague's answer is no news. */
function noLongerAsked(seatId: string, code: string, change: NoticeChange): Notice[] {
  const was = change.before && seatIn(change.before, seatId);
  if (!was || (was.state !== 'OPEN' && was.state !== 'PARKED') || code === 'STAGE_DECIDED') return [];
  if (code === 'MIGRATED' && isAsked(change.after, was.holderId)) return [];
  const { id, round, returns } = change.after;
  return tell(change, 'TASK_GONE', [was.holderId], `${id}/${round}/${returns}/${code}`, {
    seatId,
    params: { code },
  });
}

/** Another policy may ask the same person in a seat of its own: that one is told. */
function isAsked({ seats }: ApprovalState, personId: string): boolean {
  return seats.some(({ holderId, state }) => holderId === personId && state === 'OPEN');
}

function initiatorsTurn(change: NoticeChange, kind: NoticeKind, params: JsonObject = {}): Notice[] {
  return tell(change, kind, [change.after.initiatorId], turnKey(change.after), { params });
}

function turnKey({ round, returns }: ApprovalState): string {
  return `${round}/${returns}`;
}

function tell(
  change: NoticeChange,
  kind: NoticeKind,
  personIds: readonly string[],
  key: string,
  { seatId = null, params = {} }: { seatId?: string | null; params?: JsonObject } = {},
): Notice[] {
  return personIds
    .filter((id) => id !== change.actorId)
    .map((id) => ({ ...aboutRequest(change, kind, id, key, seatId), params }));
}

function aboutRequest(
  { after }: NoticeChange,
  kind: NoticeKind,
  personId: string | null,
  key: string,
  seatId: string | null = null,
): Notice {
  return { personId, kind, seatId, key: `${kind}/${after.id}/${key}/${personId ?? 'all'}`, params: {} };
}

function seatIn(state: ApprovalState, seatId: string): Seat | undefined {
  return state.seats.find(({ id }) => id === seatId);
}
