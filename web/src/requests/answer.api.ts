import { answer, api } from '../api/client.js';
import type { Attachment, DecisionBody, DecisionResult, RequestSignatures } from '../api/types.js';
import { decide } from './requests.api.js';

/** An answer with what the policy asks for besides its word (AE-REQ-1). */
export interface FullAnswer {
  requestId: string;
  seatId: string;
  body: DecisionBody;
  file: File | null;
  /** proves anew who answers; empty: not asked */
  password: string;
}

/** A file chosen once is uploaded once, however often the answer that rests on it is refused. */
const uploads = new WeakMap<File, { requestId: string; id: string }>();

/** The proof first, then the file, then the answer that rests on both: each can be repeated with the same key. */
export async function decideInFull(
  { requestId, seatId, body, file, password }: FullAnswer,
  key: string,
): Promise<DecisionResult> {
  if (password !== '') await stepUp(password, key);
  const attachmentIds = file ? [await uploadOnce(requestId, file, key)] : [];
  return decide({ seatId, body: attachmentIds.length > 0 ? { ...body, attachmentIds } : body }, key);
}

function stepUp(password: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/auth/step-up', {
      params: { header: { 'Idempotency-Key': key } },
      body: { password },
    }),
  );
}

async function uploadOnce(requestId: string, file: File, key: string): Promise<string> {
  const known = uploads.get(file);
  if (known?.requestId === requestId) return known.id;
  const { id } = await attach({ requestId, file }, key);
  uploads.set(file, { requestId, id });
  return id;
}

export interface Attach {
  requestId: string;
  file: File;
}

export function attach({ requestId, file }: Attach, key: string): Promise<Attachment> {
  return answer(
    api.POST('/api/v1/requests/{id}/attachments', {
      params: { path: { id: requestId }, header: { 'Idempotency-Key': key } },
      // the document types a file as a string; what is sent is the form below
      body: { file: file.name },
      bodySerializer: () => {
        const form = new FormData();
        form.set('file', file);
        return form;
      },
    }),
  );
}

export function attachmentUrl(requestId: string, attachmentId: string): string {
  return `/api/v1/requests/${requestId}/attachments/${attachmentId}`;
}

export function fetchSignatures(requestId: string): Promise<RequestSignatures> {
  return answer(api.GET('/api/v1/requests/{id}/signatures', { params: { path: { id: requestId } } }));
}
