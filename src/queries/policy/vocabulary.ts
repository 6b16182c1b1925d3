import type { DataSource } from 'typeorm';
import { ROLES, type Role } from '../../domain/org/directory.js';

/** What a policy may name, for whoever writes one. */
export interface Vocabulary {
  roles: Role[];
  offices: { key: string; name: string }[];
  /** approval policies in force, which a stage may be handed to */
  policyKinds: string[];
}

export async function readVocabulary(db: DataSource): Promise<Vocabulary> {
  const [offices, kinds] = await Promise.all([
    db.query<Vocabulary['offices']>(`SELECT key, name FROM office ORDER BY key`),
    db.query<{ kind: string }[]>(
      `SELECT kind FROM policy_version WHERE kind LIKE 'approval.%' AND valid @> now() ORDER BY kind`,
    ),
  ]);
  return { roles: [...ROLES], offices, policyKinds: kinds.map(({ kind }) => kind) };
}
