import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { Severity } from '../../domain/import/row.js';
import { holdFrom, type EffectiveTable, type Origin, type Validity } from '../product/effective.js';
import type { ReadRow } from './batch.js';

interface Held {
  validity: Validity;
  origin: Origin;
  row: ReadRow<unknown>;
  /** whether the row is kept out, or imported without this value */
  severity: Severity;
}

/** Lets a row's value hold; what is scheduled in that time keeps this value out and is the row's flaw. @returns its id */
export async function holdOrReport(
  tx: EntityManager,
  table: EffectiveTable,
  values: Readonly<Record<string, string>>,
  { validity, origin, row, severity }: Held,
): Promise<string | null> {
  try {
    return (await holdFrom(tx, table, [values], validity, origin))[0] ?? null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const column = table === 'fx_rate' ? 'currency' : 'product';
    const message = 'another value is scheduled: it would hold at the same time';
    row.issues.push({ column, value: '', rule: 'OVERLAP', severity, message });
    return null;
  }
}
