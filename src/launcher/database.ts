import type { DataSource } from 'typeorm';
import { createDataSource } from '../db/data-source.js';
import { readEndpoints } from './data-directory.js';
import { launchSettings } from './settings.js';

/** Where a command line finds the database: DATABASE_URL, else the one of a running `npm start`. */
export function operatorDatabaseUrl(): string {
  return process.env['DATABASE_URL'] ?? readEndpoints(launchSettings().dataDirectory).databaseUrl;
}

export function openDatabase(url: string, applicationName: string, poolSize = 1): Promise<DataSource> {
  return createDataSource({ url, poolSize, applicationName }).initialize();
}
