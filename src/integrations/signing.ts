import type { Signer, SignerState } from '../domain/contract/signing.js';

export interface SigningRequest {
  /** ours; a provider may give it back with every signer */
  flowId: string;
  title: string;
  fileName: string;
  document: Buffer;
  /** SHA-256 of the document, hex */
  documentHash: string;
  signers: readonly Signer[];
  /** ISO instant after which nobody may sign any more */
  expiresAt: string;
}

export interface SigningOpened {
  /** the provider's name of the flow */
  providerFlowId: string;
  /** where each signer signs */
  signers: readonly { no: number; url: string | null }[];
}

/** How a flow stands with its provider. */
export interface SigningReport {
  state: 'PENDING' | 'SIGNED' | 'DECLINED' | 'EXPIRED' | 'REVOKED';
  signers: readonly { no: number; state: SignerState }[];
  /** as the provider tells it, of a flow that ended without signatures */
  reason: string | null;
}

/** Whoever collects signatures on a document. Every call may be made again. */
export interface SigningService {
  /** @throws SigningRefusal it will not take it, whenever it is asked · Error worth another try */
  createFlow(request: SigningRequest): Promise<SigningOpened>;
  state(providerFlowId: string): Promise<SigningReport>;
  /** the document with all signatures, of a flow that is SIGNED */
  signedFile(providerFlowId: string): Promise<Buffer>;
  /** nobody can sign any more; of a flow that is over nothing happens */
  cancel(providerFlowId: string, reason: string): Promise<void>;
}

/** The provider says no for good. */
export class SigningRefusal extends Error {
  override readonly name = 'SigningRefusal';

  constructor(
    /** the provider's own */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
