import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockHistory, record, refusedByTables } from './history.js';
import { announce } from './staff-change.js';

export interface NewUnit {
  code: string;
  name: string;
  kind: string;
  hierarchy: 'REPORTING' | 'PRODUCT';
  parentId: string | null;
}

/** @throws DomainError ALREADY_EXISTS the code is taken · NOT_FOUND no such parent */
export function createUnit(
  db: DataSource,
  meta: CommandMeta,
  unit: NewUnit,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    const id = uuidv7();
    const head = await lockHistory(tx, 'org_unit', id);
    const made = await tx.query<unknown[]>(
      `INSERT INTO org_unit (id, code, kind, name) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING RETURNING 1`,
      [id, unit.code, unit.kind, unit.name],
    );
    if (made.length === 0) throw new DomainError('ALREADY_EXISTS', { code: unit.code });
    if (unit.parentId !== null) await place(tx, id, unit.hierarchy, unit.parentId);
    await record(tx, head, meta.actor, 'unit.created', { ...unit, id });
    return { id };
  });
}

/** From now on the unit hangs below another; what was stays readable as it was. @throws DomainError ORG_CYCLE · NOT_FOUND */
export function moveUnit(
  db: DataSource,
  meta: CommandMeta,
  id: string,
  hierarchy: 'REPORTING' | 'PRODUCT',
  parentId: string,
): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const head = await lockHistory(tx, 'org_unit', id);
    const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active`, [id]);
    if (known.length === 0) throw new DomainError('NOT_FOUND');
    await endEdges(tx, id, hierarchy);
    await place(tx, id, hierarchy, parentId);
    await record(tx, head, meta.actor, 'unit.moved', {
      id,
      hierarchy,
      parentId,
    });
    if (hierarchy === 'REPORTING') {
      const change = { unitId: id, kind: 'LINE_CHANGED' as const, role: null, effectiveAt: head.now };
      await announce(tx, change, { seq: head.seq + 1, correlationId: meta.correlationId });
    }
    return null;
  });
}

/** @throws DomainError ORG.UNIT_IN_USE people or units are still in it · NOT_FOUND */
export function deactivateUnit(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const head = await lockHistory(tx, 'org_unit', id);
    const [use] = await tx.query<{ people: string; units: string }[]>(
      `SELECT (SELECT count(*) FROM assignment WHERE unit_id = $1 AND valid @> now()) AS people,
              (SELECT count(*) FROM org_edge WHERE parent_id = $1 AND valid @> now()) AS units`,
      [id],
    );
    if (use!.people !== '0' || use!.units !== '0') throw new DomainError('ORG.UNIT_IN_USE', { ...use });
    const [, ended] = await tx.query<[unknown[], number]>(
      `UPDATE org_unit SET active = false WHERE id = $1 AND active`,
      [id],
    );
    if (ended === 0) throw new DomainError('NOT_FOUND');
    for (const hierarchy of ['REPORTING', 'PRODUCT'] as const) await endEdges(tx, id, hierarchy);
    await record(tx, head, meta.actor, 'unit.deactivated', { id });
    return null;
  });
}

type Tx = Parameters<typeof lockHistory>[0];

async function place(tx: Tx, id: string, hierarchy: string, parentId: string): Promise<void> {
  const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE id = $1 AND active`, [parentId]);
  if (known.length === 0) throw new DomainError('NOT_FOUND', { unitId: parentId });
  if (parentId === id) throw new DomainError('ORG_CYCLE');
  await refusedByTables(
    tx.query(
      `INSERT INTO org_edge (id, hierarchy, parent_id, child_id, valid) VALUES ($1, $2, $3, $4, tstzrange(now(), NULL))`,
      [uuidv7(), hierarchy, parentId, id],
    ),
  );
}

/** An edge that began in this very transaction never was. */
async function endEdges(tx: Tx, id: string, hierarchy: string): Promise<void> {
  await tx.query(`DELETE FROM org_edge WHERE child_id = $1 AND hierarchy = $2 AND lower(valid) >= now()`, [
    id,
    hierarchy,
  ]);
  await tx.query(
    `UPDATE org_edge SET valid = tstzrange(lower(valid), now()) WHERE child_id = $1 AND hierarchy = $2 AND valid @> now()`,
    [id, hierarchy],
  );
}
