import type { EntityManager } from 'typeorm';

/** Who has sent the file. */
export async function uploaderOf(tx: EntityManager, jobId: string): Promise<string> {
  const [job] = await tx.query<{ created_by: string }[]>(`SELECT created_by FROM import_job WHERE id = $1`, [
    jobId,
  ]);
  return job!.created_by;
}
