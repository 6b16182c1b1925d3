import type { DataSource } from 'typeorm';
import type { SignerState } from '../domain/contract/signing.js';
import type { SigningReport, SigningService } from '../integrations/signing.js';

/**
 * Signatures collected by this system's own page (`/s/<token>`), where no provider is set up. What signers say there is
 * recorded as they say it; asked later, this tells the same.
 */
export function localSigning(db: DataSource): SigningService {
  return {
    createFlow: ({ flowId, signers }) =>
      Promise.resolve({ providerFlowId: flowId, signers: signers.map(({ no }) => ({ no, url: null })) }),

    async state(flowId): Promise<SigningReport> {
      const signers = await db.query<{ no: number; state: SignerState; reason: string | null }[]>(
        `SELECT no, state, evidence->>'reason' AS reason FROM signing_signer WHERE flow_id = $1 ORDER BY no`,
        [flowId],
      );
      const declined = signers.find(({ state }) => state === 'DECLINED');
      const isSigned = signers.every(({ state }) => state === 'SIGNED');
      return {
        state: declined ? 'DECLINED' : isSigned ? 'SIGNED' : 'PENDING',
        signers: signers.map(({ no, state }) => ({ no, state })),
        reason: declined?.reason ?? null,
      };
    },

    async signedFile(flowId) {
      const [flow] = await db.query<{ document: Buffer }[]>(
        `SELECT document FROM signing_flow WHERE id = $1`,
        [flowId],
      );
      if (!flow) throw new Error(`no flow ${flowId}`);
      return flow.document;
    },

    cancel: () => Promise.resolve(), // its links end with the flow
  };
}
