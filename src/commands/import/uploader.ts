import type { EntityManager } from 'typeorm';

/** Who has sent the file, and its name. */
export async function uploadOf(tx: EntityManager, jobId: string): Promise<{ by: string; fileName: string }> {
  const [job] = await tx.query<{ by: string; fileName: string }[]>(
    `SELECT created_by AS by, file_name AS "fileName" FROM import_job WHERE id = $1`,
    [jobId],
  );
  return job!;
}

/** Who has sent the file. */
export async function uploaderOf(tx: EntityManager, jobId: string): Promise<string> {
  return (await uploadOf(tx, jobId)).by;
}
