import type { DataSource } from 'typeorm';
import { createImport } from '../../src/commands/import/job.js';
import { importNextBatch } from '../../src/commands/import/progress.js';
import type { ImportKind } from '../../src/domain/import/row.js';
import { allImportErrors, type ImportErrorRow } from '../../src/queries/import/import-jobs.js';
import { testDatabase } from '../support/postgres.js';

export type ImportCounts = Record<
  'rows' | 'created' | 'updated' | 'unchanged' | 'invalid' | 'warnings',
  number
> & { state: string };

/** The back office with files to import, on a seeded database of its own; batches are taken as the process takes them. */
export class ImportDesk {
  private uploads = 0;

  private constructor(
    readonly db: DataSource,
    /** the employee who uploads */
    readonly clerk: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<ImportDesk> {
    const { dataSource, close } = await testDatabase({ seeded: true });
    const [row] = await dataSource.query<{ id: string }[]>(
      `SELECT id FROM employee WHERE username = 'backoffice'`,
    );
    return new ImportDesk(dataSource, row!.id, close);
  }

  async upload(kind: ImportKind, text: string | Buffer): Promise<string> {
    this.uploads += 1;
    const actor = { kind: 'PERSON' as const, id: this.clerk, permissions: ['import:run'] };
    const meta = { actor, key: `k${this.uploads}`, scope: 'POST /imports', body: null, correlationId: null };
    const bytes = Buffer.from(text as string);
    return (await createImport(this.db, meta, { kind, fileName: 'f.csv', bytes })).value.id;
  }

  async finish(id: string, batchRows = 500): Promise<void> {
    while (!(await importNextBatch(this.db, id, batchRows)).isFinished);
  }

  async importFile(kind: ImportKind, text: string | Buffer, batchRows = 500) {
    const id = await this.upload(kind, text);
    await this.finish(id, batchRows);
    return { id, ...(await this.counts(id)), errors: await this.errorsOf(id) };
  }

  async counts(id: string): Promise<ImportCounts> {
    const [row] = await this.db.query<ImportCounts[]>(
      `SELECT state, rows_read AS rows, rows_total AS total, created, updated, unchanged, invalid, warnings FROM import_job WHERE id = $1`,
      [id],
    );
    return row!;
  }

  async errorsOf(id: string): Promise<ImportErrorRow[]> {
    const errors: ImportErrorRow[] = [];
    for await (const page of allImportErrors(this.db, id)) errors.push(...page);
    return errors;
  }
}
