import type { DataSource } from 'typeorm';

const UNFINISHED = `state IN ('PENDING', 'RETRYING')`;

/** An attempt is counted before it is made. */
export async function beginAttempt(db: DataSource, id: string): Promise<void> {
  await db.query(
    `UPDATE delivery SET attempts = attempts + 1, updated_at = now() WHERE id = $1 AND ${UNFINISHED}`,
    [id],
  );
}

export async function recordSent(
  db: DataSource,
  id: string,
  { providerId, response }: { providerId: string | null; response: string | null },
): Promise<void> {
  await db.query(
    `UPDATE delivery SET state = 'SENT', provider_id = left($2, 500), response = left($3, 1024), error = NULL, code = NULL,
       sent_at = now(), updated_at = now() WHERE id = $1`,
    [id, providerId, response],
  );
}

/** Not sent, for a reason that is no failure. */
export async function recordSkipped(db: DataSource, id: string, code: string): Promise<void> {
  await db.query(
    `UPDATE delivery SET state = 'SKIPPED', code = $2, updated_at = now() WHERE id = $1 AND ${UNFINISHED}`,
    [id, code],
  );
}

/** It will be tried again. */
export async function recordTrouble(db: DataSource, id: string, error: string): Promise<void> {
  await db.query(
    `UPDATE delivery SET state = 'RETRYING', error = left($2, 2000), updated_at = now() WHERE id = $1 AND ${UNFINISHED}`,
    [id, error],
  );
}

/** It will not be tried again. An endpoint that says it is gone gets nothing more. */
export async function recordFailed(
  db: DataSource,
  id: string,
  { code, error }: { code: string; error: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [rows] = await tx.query<[{ endpoint_id: string }[], number]>(
      `UPDATE delivery SET state = 'FAILED', code = coalesce(code, $2), error = coalesce(left($3, 2000), error),
         updated_at = now() WHERE id = $1 AND ${UNFINISHED} RETURNING endpoint_id`,
      [id, code, error],
    );
    if (code !== 'GONE' || !rows[0]) return;
    await tx.query(
      `UPDATE channel_endpoint SET state = 'DISABLED', disabled_code = 'GONE', version = version + 1
       WHERE id = $1 AND channel = 'WEBHOOK'`,
      [rows[0].endpoint_id],
    );
  });
}
