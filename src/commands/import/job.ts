import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { ImportKind } from '../../domain/import/row.js';
import { importJobMessage } from '../../workflows/messages.js';
import { appendEvents, beginAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { readImportFile, type ImportFile } from './file.js';

const CHUNK_BYTES = 64 * 1024;

export interface NewImport {
  kind: ImportKind;
  fileName: string;
  bytes: Buffer;
}

/**
 * Takes a file in: it is kept in Postgres, since whoever imports it may run on another machine, and the worker is told.
 * @throws DomainError see `readImportFile`
 */
export function createImport(
  db: DataSource,
  meta: CommandMeta,
  upload: NewImport,
): Promise<Answer<{ id: string }>> {
  const file = readImportFile(upload.kind, upload.bytes);
  const body = { kind: upload.kind, fileName: upload.fileName, sha256: file.sha256.toString('hex') };
  return runCommand(db, { ...meta, body }, async (tx) => {
    const creator = personId(meta.actor);
    if (creator === null) throw new DomainError('FORBIDDEN');
    const id = uuidv7();
    const head = await beginAggregate(tx, 'import_job', id);
    await tx.query(
      `INSERT INTO import_job (id, kind, file_name, file_sha256, encoding, delimiter, columns, text_bytes, state, next_byte, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PENDING', $9, $10)`,
      [
        id,
        upload.kind,
        upload.fileName,
        file.sha256,
        file.encoding,
        file.delimiter,
        JSON.stringify(file.columns),
        file.text.length,
        file.firstByte,
        creator,
      ],
    );
    await keepText(tx, id, file);
    const { seq } = await appendEvents(tx, head, [
      { type: 'import.received', actor: meta.actor.id, payload: { id, ...body, bytes: upload.bytes.length } },
    ]);
    await tellProcess(tx, importJobMessage(id, seq), meta.correlationId);
    return { id };
  });
}

async function keepText(tx: EntityManager, jobId: string, { text }: ImportFile): Promise<void> {
  for (let first = 0; first < text.length; first += CHUNK_BYTES)
    await tx.query(`INSERT INTO import_chunk (job_id, first_byte, bytes) VALUES ($1, $2, $3)`, [
      jobId,
      first,
      text.subarray(first, first + CHUNK_BYTES),
    ]);
}
