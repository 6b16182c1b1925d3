import type { DataSource } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { CHANGES_HANDS } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import type { Step } from '../approval/time.js';
import { appendEvents } from '../events.js';
import { heirOf } from '../org/heir.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { tellOwner } from './owner-notices.js';
import { lockQuote } from './store.js';

/**
 * A quotation whose owner has left goes to their heir; one that is being decided stays until that is over. Early, late or
 * repeated there is nothing to do.
 */
export function handOverQuote(
  db: DataSource,
  { key, correlationId }: Step,
  quoteId: string,
): Promise<Answer<{ quoteId: string }>> {
  const scope = `quote.hand-over/${quoteId}`;
  const meta: CommandMeta = { actor: systemActor('staff'), key, scope, body: null, correlationId };
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockQuote(tx, quoteId);
    const heir = await heirOf(tx, row.ownerId);
    if (!heir || !CHANGES_HANDS.includes(row.state)) return { quoteId };
    await tx.query(
      `UPDATE quote SET owner_id = $2, unit_id = $3, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [quoteId, heir.id, heir.unitId],
    );
    const payload = { from: row.ownerId, ownerId: heir.id };
    const { seq } = await appendEvents(tx, head, [
      { type: 'quote.handed-over', actor: meta.actor.id, payload },
    ]);
    if (row.state !== 'DRAFT') await tellProcess(tx, quoteToContractMessage(quoteId, seq), correlationId);
    await tellOwner(
      tx,
      { ...row, ownerId: heir.id },
      {
        kind: 'OFFER_HANDED_OVER',
        key: `${quoteId}/${row.ownerId}`,
        params: { by: row.ownerId },
        at: head.now,
        correlationId,
      },
    );
    return { quoteId };
  });
}
