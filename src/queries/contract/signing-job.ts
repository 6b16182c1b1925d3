import type { DataSource } from 'typeorm';
import type { Signer, SigningProvider, SigningState } from '../../domain/contract/signing.js';

/** A flow as it is given to its provider, and asked for there. */
export interface SigningJob {
  flowId: string;
  provider: SigningProvider;
  providerFlowId: string | null;
  state: SigningState;
  cause: string | null;
  number: string;
  version: number;
  document: Buffer;
  documentHash: string;
  signers: Signer[];
  expiresAt: Date;
  isPastExpiry: boolean;
  toWithdraw: boolean;
}

export async function signingJob(db: DataSource, flowId: string): Promise<SigningJob | null> {
  const [row] = await db.query<SigningJob[]>(
    `SELECT f.id AS "flowId", f.provider, f.provider_flow_id AS "providerFlowId", f.state, f.cause, k.number, f.version, f.document,
       f.document_hash AS "documentHash", f.expires_at AS "expiresAt", f.expires_at <= clock_timestamp() AS "isPastExpiry",
       f.to_withdraw AS "toWithdraw",
       (SELECT json_agg(json_build_object('no', s.no, 'name', s.name, 'organisation', s.organisation, 'account', s.account) ORDER BY s.no)
        FROM signing_signer s WHERE s.flow_id = f.id) AS signers
     FROM signing_flow f JOIN contract k ON k.id = f.contract_id WHERE f.id = $1`,
    [flowId],
  );
  return row ?? null;
}
