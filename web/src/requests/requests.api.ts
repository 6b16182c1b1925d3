import { answer, api } from '../api/client.js';
import type {
  AddBody,
  DecisionBody,
  DecisionResult,
  RemoveBody,
  RequestView,
  SeatsResult,
  TransferBody,
  UrgeResult,
} from '../api/types.js';

export function requestKey(id: string): readonly [string, string] {
  return ['request', id];
}

export function fetchRequest(id: string): Promise<RequestView> {
  return answer(api.GET('/api/v1/requests/{id}', { params: { path: { id } } }));
}

export interface Decide {
  seatId: string;
  body: DecisionBody;
}

export function decide({ seatId, body }: Decide, key: string): Promise<DecisionResult> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/decisions', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Add {
  seatId: string;
  body: AddBody;
}

export function add({ seatId, body }: Add, key: string): Promise<SeatsResult> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/add', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Remove {
  seatId: string;
  body: RemoveBody;
}

export function remove({ seatId, body }: Remove, key: string): Promise<SeatsResult> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/remove', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Transfer {
  seatId: string;
  body: TransferBody;
}

export function transfer({ seatId, body }: Transfer, key: string): Promise<SeatsResult> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/transfer', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Retract {
  seatId: string;
  body: { expectedSeatVersion: number; reason?: string };
}

export function retract({ seatId, body }: Retract, key: string): Promise<SeatsResult> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/retract', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Revoke {
  id: string;
  body: { expectedVersion: number; reason: string };
}

/** Answers with the revocation, a request of its own. */
export function revoke({ id, body }: Revoke, key: string): Promise<RequestView> {
  return answer(
    api.POST('/api/v1/requests/{id}/revoke', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Urge {
  id: string;
  body: { seatId?: string; comment?: string };
}

/** Answers with whom it told, and who was left alone because they were asked too lately. */
export function urge({ id, body }: Urge, key: string): Promise<UrgeResult> {
  return answer(
    api.POST('/api/v1/requests/{id}/urge', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Withdraw {
  id: string;
  body: { expectedVersion: number; reason?: string };
}

export function withdraw({ id, body }: Withdraw, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/withdraw', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Resubmit {
  id: string;
  body: { expectedVersion: number; comment?: string };
}

export function resubmit({ id, body }: Resubmit, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/resubmit', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Terminate {
  id: string;
  body: { reason: string };
}

export function terminate({ id, body }: Terminate, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/terminate', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Restaff {
  id: string;
  body: { stageId: string; personIds: string[]; reason: string };
}

export function restaff({ id, body }: Restaff, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/restaff', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export function nameApprovers({ id, body }: Restaff, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/approvers', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface NameInitiator {
  id: string;
  body: { personId: string; reason: string };
}

export function nameInitiator({ id, body }: NameInitiator, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/initiator', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface Claim {
  seatId: string;
  expectedSeatVersion: number;
}

export function claim({ seatId, expectedSeatVersion }: Claim, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/claim', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
      body: { expectedSeatVersion },
    }),
  );
}

export function release(seatId: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/seats/{seatId}/release', {
      params: { path: { seatId }, header: { 'Idempotency-Key': key } },
    }),
  );
}

export interface AcceptOutcome {
  id: string;
  body: { stageId: string; reason: string };
}

export function acceptOutcome({ id, body }: AcceptOutcome, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/requests/{id}/accept-outcome', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
