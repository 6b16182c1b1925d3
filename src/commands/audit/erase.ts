import type { DataSource } from 'typeorm';
import { FREE_TEXT_COPIES } from '../../db/free-text-copies.js';
import { DomainError } from '../../domain/errors.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

export interface Erasure {
  /** whose free text */
  personId: string;
  /** only what stands in this request; null: everything */
  requestId: string | null;
  reason: string;
}

/**
 * Erases what a person wrote freely (AE-AUD-3): the texts beside the chains with their salts, and their copies in answers,
 * rounds, added seats, stages staffed ahead and notices. The chains stay as they are and verify; who erased, how many and why is on a chain of
 * its own. Texts written before there was a place beside the chain stay in their events. Repeating it erases what came since.
 * @throws DomainError NOT_FOUND nobody of that id
 */
export function eraseTexts(
  db: DataSource,
  meta: CommandMeta,
  { personId, requestId, reason }: Erasure,
): Promise<Answer<{ texts: number }>> {
  return runCommand(db, meta, async (tx) => {
    const people = await tx.query<unknown[]>(`SELECT 1 FROM employee WHERE id = $1`, [personId]);
    if (people.length === 0) throw new DomainError('NOT_FOUND', { personId });
    const which = [personId, requestId];
    const [erased, texts] = await tx.query<[{ digest: string }[], number]>(
      `UPDATE personal_text SET text = NULL, salt = NULL, erased_at = now()
       WHERE author_id = $1 AND erased_at IS NULL
         AND ($2::uuid IS NULL OR (aggregate_kind = 'request' AND aggregate_id = $2))
       RETURNING encode(digest, 'hex') AS digest`,
      which,
    );
    for (const { table, set, where } of FREE_TEXT_COPIES)
      await tx.query(`UPDATE ${table} SET ${set} WHERE ${where}`, which);
    const head = await continueAggregate(tx, 'erasure', personId);
    await appendEvents(tx, head, [
      {
        type: 'text.erased',
        actor: meta.actor.id,
        payload: { personId, requestId, reason, texts: erased.map(({ digest }) => digest) },
      },
    ]);
    return { texts };
  });
}
