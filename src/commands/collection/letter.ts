import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { CollectionState } from '../../db/collection-state.js';
import { caseStep, DUNNING_MESSAGE, inWindow, type Letter } from '../../domain/collection/letter.js';
import { DUNNED } from '../../domain/collection/timetable.js';
import type { JsonObject } from '../../domain/json.js';
import type { Step } from '../approval/time.js';
import { loadCalendar } from '../calendar.js';
import { digest } from '../hash.js';
import { queueCustomerMail } from '../link/customer-mail.js';
import { setItem } from '../receivable/item-store.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockCase, noteCase, type HeldCase } from './case-store.js';
import { setCase } from './case.js';
import { byTime } from './time.js';

/** What was sent; or why nothing was: what is so at the last moment decides. */
export type LetterSent = { caseId: string; letterId: string | null; because: string | null };

interface Addressee {
  /** null: the customer has no contact with an address */
  contactId: string | null;
  name: string;
  email: string | null;
  customer: string;
  language: 'zh-CN' | 'en';
}

/**
 * The send step: under the locks of all open items the balance is read once more, and the letter, its notices and the levels
 * are written in the same transaction. Whatever payment, credit note or dispute came first has been counted; one that comes
 * later waits for the lock and finds the letter sent.
 */
export function sendLetter(db: DataSource, by: Step, caseId: string): Promise<Answer<LetterSent>> {
  const meta = byTime(by, 'collection.send-letter', caseId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockCase(tx, caseId);
    const { of } = held;
    const nothing = (because: string): LetterSent => ({ caseId, letterId: null, because });
    if (!DUNNED.includes(of.state)) return nothing(of.state);
    if (!inWindow(of.now, of.zone, of.policy.letters).open) return nothing('OUTSIDE_HOURS');
    const step = caseStep(of.items, of.today, of.lastLetterOn, await loadCalendar(tx), of.policy);
    if (step.kind !== 'SEND') return nothing(step.kind);
    return { caseId, letterId: await write(tx, meta, held, step.letter), because: null };
  });
}

async function write(
  tx: EntityManager,
  meta: CommandMeta,
  held: HeldCase,
  { step, lines }: Letter,
): Promise<string> {
  const { of, head, items } = held;
  const letterId = uuidv7();
  const to = await addressee(tx, of);
  const content = contentOf(of, { step, lines }, to);
  const channel = step.action === 'LEGAL' ? 'NONE' : to.email === null ? 'HAND' : 'MAIL';
  await tx.query(
    `INSERT INTO dunning_letter (id, case_id, no, step, action, level, channel, name, address, language, content, content_hash, at, contact_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      letterId,
      of.id,
      `D-${of.today.replaceAll('-', '')}-${letterId.slice(-8)}`,
      step.key,
      step.action,
      step.level,
      channel,
      to.name,
      channel === 'MAIL' ? to.email : null,
      to.language,
      JSON.stringify(content),
      digest(content),
      head.now,
      to.contactId,
    ],
  );
  for (const line of lines) {
    if (!line.step) continue;
    await tx.query(
      `INSERT INTO dunning_notice (id, letter_id, item_id, level, step, day, round, amount, at)
       SELECT $1, $2, $3, $4, $5::varchar, $6, 1 + count(*), $7, $8 FROM dunning_notice WHERE item_id = $3 AND step = $5::varchar`,
      [uuidv7(), letterId, line.itemId, line.level, line.step.key, line.step.day, line.amount, head.now],
    );
    const item = items.find(({ id }) => id === line.itemId)!;
    if (item.level !== line.level) await setItem(tx, item, { state: item.state, level: line.level });
  }
  if (step.action === 'LETTER')
    await tx.query(`UPDATE collection_case SET last_letter_on = $2, updated_at = now() WHERE id = $1`, [
      of.id,
      of.today,
    ]);
  if (step.action === 'LEGAL') await setCase(tx, of.id, { state: 'ESCALATED' });
  if (channel === 'MAIL') await queueCustomerMail(tx, DUNNING_MESSAGE, letterId, meta.correlationId);
  const type = step.action === 'LEGAL' ? 'collection.legal-decision-due' : 'collection.letter-sent';
  await noteCase(tx, held, meta, type, {
    letterId,
    step: step.key,
    level: step.level,
    role: step.role,
    creditHold: step.creditHold ?? false,
    channel,
    itemIds: lines.filter((line) => line.step).map(({ itemId }) => itemId),
  });
  return letterId;
}

/** The words follow from it; its hash proves what was asked for. */
function contentOf(of: CollectionState, { step, lines }: Letter, to: Addressee): JsonObject {
  return {
    caseId: of.id,
    customer: to.customer,
    step: step.key,
    action: step.action,
    level: step.level,
    on: of.today,
    lines: lines.map(({ itemId, amount, currency, dueOn, level }) => ({
      itemId,
      invoiceNo: of.items.find(({ id }) => id === itemId)!.invoiceNo,
      amount,
      currency,
      dueOn,
      level,
    })),
  };
}

/** The contact with an address who has been there longest; without one somebody carries the letter. */
async function addressee(tx: EntityManager, { customerId }: CollectionState): Promise<Addressee> {
  const [row] = await tx.query<Addressee[]>(
    `SELECT p.id AS "contactId", coalesce(p.name, c.name) AS name, p.email, c.name AS customer,
       CASE WHEN c.country IS NULL OR c.country IN ('China', 'CN', '中国') THEN 'zh-CN' ELSE 'en' END AS language
     FROM customer c
     LEFT JOIN LATERAL (SELECT id, name, email FROM contact WHERE customer_id = c.id AND email IS NOT NULL AND consent <> 'WITHDRAWN'
       ORDER BY created_at, id LIMIT 1) p ON true
     WHERE c.id = $1`,
    [customerId],
  );
  return row!;
}
