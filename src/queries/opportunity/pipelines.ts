import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { pipelineKind, pipelineOfKind, type Pipeline } from '../../domain/opportunity/pipeline.js';
import { iso } from './opportunities.js';

export interface PipelineRow extends Pipeline {
  key: string;
  policyId: string;
  version: number;
  validFrom: string;
}

interface Stored {
  id: string;
  kind: string;
  version: number;
  validFrom: string;
  content: Pipeline;
}

/** The pipelines in force, the standard one first. */
export async function listPipelines(db: DataSource): Promise<PipelineRow[]> {
  const rows = await db.query<Stored[]>(
    `SELECT id, kind, version, ${iso('lower(valid)')} AS "validFrom", content FROM policy_version
     WHERE kind LIKE 'pipeline.%' AND valid @> now() ORDER BY kind <> 'pipeline.standard', kind`,
  );
  return rows.map(({ id, kind, version, validFrom, content }) => ({
    key: pipelineOfKind(kind)!,
    policyId: id,
    version,
    validFrom,
    ...content,
  }));
}

/** @throws DomainError NOT_FOUND no pipeline of that key is in force */
export async function findPipeline(db: DataSource, key: string): Promise<PipelineRow> {
  const found = (await listPipelines(db)).find((pipeline) => pipeline.key === key);
  if (!found) throw new DomainError('NOT_FOUND', { pipeline: pipelineKind(key) });
  return found;
}
