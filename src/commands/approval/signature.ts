import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, CompactSign, exportJWK } from 'jose';
import type { EntityManager } from 'typeorm';
import type { AttachmentRef } from '../../domain/approval/model.js';
import type { DecisionAction } from '../../domain/approval/stage-spec.js';
import { canonicalJson, type JsonObject } from '../../domain/json.js';

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What a signed answer says: who gave which answer on which seat, to which content, when (AE-REQ-1). */
export interface SignedAnswer {
  requestId: string;
  round: number;
  seatId: string;
  visit: number;
  subjectHash: string;
  action: DecisionAction;
  actor: string;
  onBehalfOf: string | null;
  /** digests of the files it rests on */
  attachments: readonly string[];
  /** ISO instant at which the actor had proved who they are */
  authenticatedAt: string | null;
  at: string;
}

/**
 * The server's seal upon answers and signatures: Ed25519, as a compact JWS. The key follows from the installation's secret; its public
 * half is kept for good, so that what was sealed can be verified by anybody, also under another secret.
 */
export class DecisionSigner {
  private readonly key: KeyObject;

  /** @param secret the installation's own */
  constructor(secret: string) {
    const seed = Buffer.from(hkdfSync('sha256', secret, 'sealflow', 'decision signatures', 32));
    this.key = createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8, seed]),
      format: 'der',
      type: 'pkcs8',
    });
  }

  sign(tx: EntityManager, answer: SignedAnswer): Promise<string> {
    return this.seal(tx, 'sealflow-decision', { ...answer });
  }

  /** Seals what is recorded in this transaction; the public key is stored with it. @param typ what it is, for its header */
  async seal(tx: EntityManager, typ: string, content: JsonObject): Promise<string> {
    const jwk = await exportJWK(createPublicKey(this.key));
    const kid = await calculateJwkThumbprint(jwk);
    await tx.query(`INSERT INTO signing_key (kid, public_jwk) VALUES ($1, $2) ON CONFLICT (kid) DO NOTHING`, [
      kid,
      JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' }),
    ]);
    return new CompactSign(Buffer.from(canonicalJson(content)))
      .setProtectedHeader({ alg: 'EdDSA', kid, typ })
      .sign(this.key);
  }
}

/** The digests an answer's seal covers, in a fixed order. */
export function digestsOf(attachments: readonly AttachmentRef[]): string[] {
  return attachments.map(({ sha256 }) => sha256).sort();
}
