import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { phoneNumber, type Consent } from '../../domain/customer/contact.js';
import { DomainError } from '../../domain/errors.js';
import { continueAggregate, type AggregateHead } from '../events.js';
import { mustBePerson, mustExist, record } from '../opportunity/store.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

export interface ContactFields {
  name: string;
  title: string | null;
  /** as it was typed; stored in E.164 */
  phone: string | null;
  email: string | null;
  consent: Consent;
}

type Changed = Answer<{ id: string }>;

/**
 * A person at a customer. Names and numbers stay out of the chain of events, so that they can be erased (PIPL).
 * @throws DomainError VALIDATION no such customer, not a phone number
 */
export function addContact(
  db: DataSource,
  meta: CommandMeta,
  { customerId, ...fields }: ContactFields & { customerId: string },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const by = mustBePerson(meta);
    await mustExist(tx, 'customer', customerId, '/customerId');
    const id = uuidv7();
    const head = await continueAggregate(tx, 'customer', customerId);
    await tx.query(
      `INSERT INTO contact (id, customer_id, name, title, phone, email, consent, consent_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7::varchar, CASE WHEN $7::varchar = 'UNKNOWN' THEN NULL ELSE now() END, $8)`,
      [id, customerId, ...stored(fields), by],
    );
    await record(tx, head, meta.actor, 'contact.added', { contactId: id, consent: fields.consent });
    return { id };
  });
}

/** @throws DomainError NOT_FOUND · STALE_VERSION · CONTACT.ERASED_STATE · VALIDATION */
export function editContact(
  db: DataSource,
  meta: CommandMeta,
  { id, expectedVersion, ...fields }: ContactFields & { id: string; expectedVersion: number },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const { head, version } = await lockContact(tx, id);
    if (version !== expectedVersion) throw new DomainError('STALE_VERSION', { currentVersion: version });
    await tx.query(
      `UPDATE contact SET name = $2, title = $3, phone = $4, email = $5,
         consent_at = CASE WHEN $6::varchar = 'UNKNOWN' THEN NULL WHEN consent = $6::varchar THEN consent_at ELSE now() END, consent = $6::varchar,
         row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id, ...stored(fields)],
    );
    await record(tx, head, meta.actor, 'contact.edited', { contactId: id, consent: fields.consent });
    return { id };
  });
}

/**
 * Erases a person's data at their wish: name, numbers, where they stood, and that letters of the ladder went to them; that
 * there was a contact stays with the deals, what a letter asked for with its case.
 * @throws DomainError NOT_FOUND · CONTACT.ERASED_STATE
 */
export function eraseContact(
  db: DataSource,
  meta: CommandMeta,
  { id, reason }: { id: string; reason: string },
): Promise<Changed> {
  return runCommand(db, meta, async (tx) => {
    const { head } = await lockContact(tx, id);
    await tx.query(
      `UPDATE contact SET name = '—', title = NULL, phone = NULL, email = NULL, erased_at = now(),
         row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id],
    );
    await tx.query(
      `UPDATE dunning_letter SET name = NULL, address = NULL, erased_at = now() WHERE contact_id = $1 AND erased_at IS NULL`,
      [id],
    );
    await record(tx, head, meta.actor, 'contact.erased', { contactId: id, reason });
    return { id };
  });
}

async function lockContact(tx: EntityManager, id: string): Promise<{ head: AggregateHead; version: number }> {
  const [found] = await tx.query<{ customer_id: string }[]>(`SELECT customer_id FROM contact WHERE id = $1`, [
    id,
  ]);
  if (!found) throw new DomainError('NOT_FOUND', { contactId: id });
  const head = await continueAggregate(tx, 'customer', found.customer_id);
  const [row] = await tx.query<{ version: number; erased: boolean }[]>(
    `SELECT row_version AS version, erased_at IS NOT NULL AS erased FROM contact WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (row!.erased) throw new DomainError('CONTACT.ERASED_STATE', { contactId: id });
  return { head, version: row!.version };
}

function stored({ name, title, phone, email, consent }: ContactFields): (string | null)[] {
  return [name, title, phone === null ? null : phoneNumber(phone, '/phone'), email, consent];
}
