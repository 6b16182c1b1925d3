import { prepared, type Reader } from '../../db/prepared.js';

/** Moves with every change of the organisation, its rights or its calendars: what was read before it is still true. */
export async function orgRevision(tx: Reader): Promise<string> {
  const [row] = await prepared<{ revision: string }>(tx, `SELECT revision FROM org_revision`, []);
  return row!.revision;
}
