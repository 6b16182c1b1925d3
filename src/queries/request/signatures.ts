import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import type { Reader } from '../../db/prepared.js';
import type { AttachmentRef } from '../../domain/approval/model.js';
import type { PersonRef } from './person-ref.js';

/** Why a signature proves nothing; null = it proves exactly the answer it stands beside. */
export type SignatureFault = 'BAD_SIGNATURE' | 'UNKNOWN_KEY' | 'OTHER_ANSWER';

export interface SignatureView {
  seatId: string;
  stage: string;
  by: PersonRef | null;
  action: string;
  at: string;
  /** compact JWS; whoever has the key can verify it without us */
  jws: string;
  fault: SignatureFault | null;
}

export interface Signatures {
  /** public keys of the signatures, as JWK */
  keys: JWK[];
  signatures: SignatureView[];
}

interface Row {
  seat_id: string;
  stage: string;
  request_id: string;
  round: number;
  visit: number;
  actor: string;
  by: PersonRef | null;
  action: string;
  subject_hash: string;
  at: Date;
  attachments: AttachmentRef[] | null;
  signature: string;
}

/** Every signed answer of a request, verified now against what the record says of it (AE-REQ-1). */
export async function requestSignatures(db: Reader, requestId: string): Promise<Signatures> {
  const rows = await db.query<Row[]>(
    `SELECT d.seat_id, t.title AS stage, d.request_id, d.round, d.visit, d.actor, d.action, d.subject_hash, d.at, d.attachments,
       d.signature, CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS by
     FROM approval_decision d
     JOIN approval_seat s ON s.id = d.seat_id
     JOIN approval_stage t ON t.id = s.stage_id
     LEFT JOIN employee e ON e.id::text = d.actor
     WHERE d.request_id = $1 AND d.signature IS NOT NULL ORDER BY d.at, d.seat_id`,
    [requestId],
  );
  const stored = await db.query<{ public_jwk: JWK }[]>(
    `SELECT public_jwk FROM signing_key WHERE kid = ANY($1)`,
    [rows.map(({ signature }) => kidOf(signature))],
  );
  const keys = stored.map(({ public_jwk: jwk }) => jwk);
  return { keys, signatures: await Promise.all(rows.map((row) => viewOf(row, keys))) };
}

async function viewOf(row: Row, keys: readonly JWK[]): Promise<SignatureView> {
  const { seat_id: seatId, stage, by, action, at, signature: jws } = row;
  return { seatId, stage, by, action, at: at.toISOString(), jws, fault: await faultOf(row, keys) };
}

function kidOf(signature: string): string {
  try {
    return decodeProtectedHeader(signature).kid ?? '';
  } catch {
    return '';
  }
}

async function faultOf(row: Row, keys: readonly JWK[]): Promise<SignatureFault | null> {
  const jwk = keys.find(({ kid }) => kid === kidOf(row.signature));
  if (!jwk) return 'UNKNOWN_KEY';
  try {
    const { payload } = await compactVerify(row.signature, await importJWK(jwk, 'EdDSA'), {
      algorithms: ['EdDSA'],
    });
    const said = JSON.parse(Buffer.from(payload).toString('utf8')) as Record<string, unknown>;
    return saysWhatIsRecorded(said, row) ? null : 'OTHER_ANSWER';
  } catch {
    return 'BAD_SIGNATURE';
  }
}

/** A signature moved to another answer, or an answer changed below its signature, is found here. */
function saysWhatIsRecorded(said: Record<string, unknown>, row: Row): boolean {
  const files = (row.attachments ?? []).map(({ sha256 }) => sha256).sort();
  return (
    said['requestId'] === row.request_id &&
    said['round'] === row.round &&
    said['seatId'] === row.seat_id &&
    said['visit'] === row.visit &&
    said['action'] === row.action &&
    said['actor'] === row.actor &&
    said['subjectHash'] === row.subject_hash &&
    said['at'] === row.at.toISOString() &&
    JSON.stringify(said['attachments']) === JSON.stringify(files)
  );
}
