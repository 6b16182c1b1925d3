import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { decideSeat, type Proof, type SeatDecided } from '../approval/decide.js';
import type { Answer } from '../transaction.js';
import { linkHash } from './issue-link.js';

export interface LinkDecision {
  token: string;
  /** one form, sent once or twice, is one decision */
  key: string;
  holder: { id: string; permissions: readonly string[] };
  seatId: string;
  expectedSeatVersion: number;
  subjectHash: string;
  action: 'APPROVE' | 'REJECT';
  comment: string | null;
  correlationId: string | null;
  /** of the holder's session, if they have one open */
  proof: Proof;
}

/**
 * The holder answers from a mail: the same command as on the page, with everything it requires. The token is spent in the
 * decision's own transaction; a refused decision leaves it unspent (AE-LINK-1).
 * @throws DomainError LINK_SPENT · as decideSeat
 */
export function decideByLink(db: DataSource, decision: LinkDecision): Promise<Answer<SeatDecided>> {
  const { token, key, holder, correlationId, seatId, expectedSeatVersion, subjectHash, action, comment } =
    decision;
  const input = { seatId, expectedSeatVersion, subjectHash, action, comment };
  const meta = {
    actor: { kind: 'PERSON' as const, id: holder.id, permissions: holder.permissions },
    key,
    scope: `link.decide/${seatId}`,
    body: input,
    correlationId,
  };
  return decideSeat(
    db,
    meta,
    input,
    undefined,
    (tx) => spend(tx, linkHash(token), holder.id),
    decision.proof,
  );
}

async function spend(tx: EntityManager, tokenHash: Buffer, holderId: string): Promise<void> {
  const [, spent] = await tx.query<[unknown[], number]>(
    `UPDATE action_link SET used_at = now() WHERE token_hash = $1 AND holder_id = $2 AND used_at IS NULL AND expires_at > now()`,
    [tokenHash, holderId],
  );
  if (spent === 0) throw new DomainError('LINK_SPENT');
}
