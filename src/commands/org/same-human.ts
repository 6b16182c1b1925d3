import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockHistory, mustBeSomebodyElse, record } from './history.js';
import { announce } from './staff-change.js';

/**
 * The account turns out to be another one of a human known under other accounts, or, with null, one of its own after all.
 * Whoever separates duties counts humans (AE-SOD-1): open requests of either are looked at by a process.
 * @throws DomainError NOT_FOUND · VALIDATION there is no other such account · SOD_VIOLATION an account of one's own
 */
export function setHuman(
  db: DataSource,
  meta: CommandMeta,
  personId: string,
  sameAsId: string | null,
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await mustBeSomebodyElse(tx, meta.actor, personId, ...(sameAsId ? [sameAsId] : []));
    const accounts = await tx.query<{ id: string; identity: string }[]>(
      `SELECT id, identity FROM employee WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
      [[personId, ...(sameAsId ? [sameAsId] : [])]],
    );
    const own = accounts.find(({ id }) => id === personId);
    if (!own) throw new DomainError('NOT_FOUND');
    const other = accounts.find(({ id }) => id === sameAsId && id !== personId);
    if (sameAsId !== null && !other)
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/sameAs', code: 'UNKNOWN_PERSON', rule: 'another account' },
      ]);
    const head = await lockHistory(tx, 'employee', personId);
    if (other)
      await tx.query(`UPDATE employee SET identity = $2 WHERE identity = $1`, [own.identity, other.identity]);
    const left = other ? null : await splitOff(tx, personId);
    await record(tx, head, meta.actor, 'employee.human-set', { id: personId, sameAs: sameAsId });
    for (const employeeId of [personId, ...(left ? [left] : [])]) {
      const change = { employeeId, kind: 'SAME_HUMAN' as const, role: null, effectiveAt: head.now };
      await announce(tx, change, { seq: head.seq + 1, correlationId: meta.correlationId });
    }
    return null;
  });
}

/** The others of the human stay one: where they went by this account's id, by one of theirs. @returns one of them, if any */
async function splitOff(tx: EntityManager, personId: string): Promise<string | null> {
  const [other] = await tx.query<{ id: string }[]>(
    `SELECT min(o.id::text) AS id FROM employee e JOIN employee o ON o.identity = e.identity AND o.id <> e.id
     WHERE e.id = $1 HAVING count(*) > 0`,
    [personId],
  );
  await tx.query(`UPDATE employee SET identity = $2 WHERE identity = $1 AND id <> $1`, [
    personId,
    other?.id ?? personId,
  ]);
  await tx.query(`UPDATE employee SET identity = id WHERE id = $1`, [personId]);
  return other?.id ?? null;
}
