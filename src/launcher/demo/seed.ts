import type { DataSource, EntityManager } from 'typeorm';
import { seedCalendar } from '../../commands/calendar.js';
import { seedRolePermissions } from '../../commands/org/role-permissions.js';
import { seedPolicies } from '../../commands/policy/seed.js';
import { seedCatalogue } from './catalogue.js';
import { seedCompany } from './company.js';

/** one starter at a time */
const LOCK = 7_325_001;

/** What the system cannot work without, demo or not: calendar, permissions of the roles, policies. */
export async function seedBase(tx: EntityManager): Promise<void> {
  await seedCalendar(tx);
  await seedRolePermissions(tx);
  await seedPolicies(tx);
}

/** Everything a first start needs to be tried out. A second run changes nothing. */
export async function seedDemo(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock($1)`, [LOCK]);
    await seedBase(tx);
    await seedCompany(tx);
    await seedCatalogue(tx);
  });
}
