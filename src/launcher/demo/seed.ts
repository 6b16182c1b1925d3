import type { DataSource } from 'typeorm';
import { seedBase } from '../base-data.js';
import { seedCatalogue } from './catalogue.js';
import { seedCompany } from './company.js';

/** Everything a first start needs to be tried out. A second run changes nothing. */
export async function seedDemo(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (tx) => {
    await seedBase(tx);
    await seedCompany(tx);
    await seedCatalogue(tx);
  });
}
