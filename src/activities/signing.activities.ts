import type { DataSource } from 'typeorm';
import type { DecisionSigner } from '../commands/approval/signature.js';
import { recordSigning, type SigningHeard } from '../commands/contract/record-signing.js';
import {
  endSigning,
  recordAsked,
  recordOpened,
  recordSigningTrouble,
  recordWithdrawn,
} from '../commands/contract/signing-provider.js';
import type { SigningProvider } from '../domain/contract/signing.js';
import type { ProcessView } from '../domain/process/view.js';
import { SigningRefusal, type SigningService } from '../integrations/signing.js';
import { signingJob, type SigningJob } from '../queries/contract/signing-job.js';
import { signingProcess } from '../queries/process/signing-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface SigningActivities {
  /** How a document at its signers stands; null when there is none. */
  readSigning(flowId: string): Promise<ProcessView | null>;
  /** Gives it to the provider. */
  openSigning(step: StepKey, flowId: string): Promise<void>;
  /** Asks the provider how it stands, and records what it says. */
  checkSigning(step: StepKey, flowId: string): Promise<void>;
  /** Ends what nobody is to sign any more. */
  endSigning(step: StepKey, flowId: string): Promise<void>;
  /** Tells the provider that nobody is to sign any more. */
  withdrawSigning(step: StepKey, flowId: string): Promise<void>;
}

export interface SigningDependencies {
  dataSource: DataSource;
  signer: DecisionSigner;
  /** whoever a flow was begun with has to be there until it is over */
  services: Partial<Record<SigningProvider, SigningService>>;
}

/**
 * A provider that does not answer keeps no activity waiting: the trouble is recorded with the time of the next try, and the
 * process waits for that, or for news.
 */
export function createSigningActivities({
  dataSource: db,
  signer,
  services,
}: SigningDependencies): SigningActivities {
  const serviceOf = ({ provider }: SigningJob): SigningService => {
    const service = services[provider];
    if (!service) throw new Error(`${provider} is not set up here`);
    return service;
  };
  /** Whatever goes wrong outside is trouble of the flow's. */
  async function withProvider(
    step: StepKey,
    flowId: string,
    work: (service: SigningService, job: SigningJob) => Promise<unknown>,
  ): Promise<void> {
    const job = await signingJob(db, flowId);
    if (!job) return;
    try {
      await work(serviceOf(job), job);
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      await recordSigningTrouble(db, step, { flowId, trouble });
    }
  }
  const heard = (step: StepKey, flowId: string, said: Pick<SigningHeard, 'news' | 'signers'>) =>
    recordSigning(db, signer, { flowId, correlationId: step.correlationId, ...said });

  return refusals<SigningActivities>({
    readSigning: (flowId) => signingProcess(db, flowId),

    openSigning: (step, flowId) =>
      withProvider(step, flowId, async (service, job) => {
        if (job.state !== 'OPENING') return;
        const title = `${job.number} v${job.version}`;
        try {
          const opened = await service.createFlow({
            ...job,
            title: `合同 ${title}`,
            fileName: `${job.number}-v${job.version}.pdf`,
            expiresAt: job.expiresAt.toISOString(),
          });
          await recordOpened(db, step, { flowId, ...opened });
        } catch (error) {
          if (!(error instanceof SigningRefusal)) throw error;
          await heard(step, flowId, { news: { kind: 'REFUSED', said: error.message }, signers: [] });
        }
      }),

    checkSigning: (step, flowId) =>
      withProvider(step, flowId, async (service, { providerFlowId, isPastExpiry }) => {
        if (providerFlowId === null) return;
        const { state, signers, reason } = await service.state(providerFlowId);
        if (state === 'SIGNED') {
          const file = await service.signedFile(providerFlowId);
          return heard(step, flowId, { news: { kind: state, file }, signers });
        }
        if (state !== 'PENDING') return heard(step, flowId, { news: { kind: state, said: reason }, signers });
        return isPastExpiry
          ? heard(step, flowId, { news: { kind: 'EXPIRED' }, signers })
          : recordAsked(db, step, { flowId, signers });
      }),

    async endSigning(step, flowId) {
      await endSigning(db, step, flowId);
    },

    withdrawSigning: (step, flowId) =>
      withProvider(step, flowId, async (service, { providerFlowId, toWithdraw, cause }) => {
        if (!toWithdraw) return;
        if (providerFlowId !== null) await service.cancel(providerFlowId, cause ?? 'EXPIRED');
        await recordWithdrawn(db, step, flowId);
      }),
  });
}
