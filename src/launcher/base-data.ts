import type { EntityManager } from 'typeorm';
import { seedCalendar } from '../commands/calendar.js';
import { seedRolePermissions } from '../commands/org/role-permissions.js';
import { seedPolicies } from '../commands/policy/seed.js';

/** one starter at a time */
const LOCK = 7_325_001;

/** What the system cannot work without, demo or not: calendar, permissions of the roles, policies. May be repeated. */
export async function seedBase(tx: EntityManager): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock($1)`, [LOCK]);
  await seedCalendar(tx);
  await seedRolePermissions(tx);
  await seedPolicies(tx);
}
