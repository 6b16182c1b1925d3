import { localSigning } from '../../src/activities/local-signing.js';
import { createSigningActivities, type SigningActivities } from '../../src/activities/signing.activities.js';
import { DecisionSigner } from '../../src/commands/approval/signature.js';
import { esignService } from '../../src/integrations/esign.client.js';
import { outsideCaller } from '../../src/integrations/outbound-http.js';
import { startApi, type ApiClient, type ApiOptions, type TestApi } from '../support/api.js';
import { draftedContract, everybodyApproves, longAgo, write, type Contract } from './contract.js';
import type { EsignServer } from './esign-server.js';

export interface FlowView {
  id: string;
  version: number;
  state: string;
  cause: string | null;
  said: string | null;
  trouble: string | null;
  textHash: string;
  documentHash: string;
  signedHash: string | null;
  expiresAt: string;
  signers: { no: number; name: string; state: string; at: string | null }[];
  actions: string[];
}
export interface Signing {
  provider: string;
  mayStart: boolean;
  flows: FlowView[];
}

export interface SignedCall {
  headers: Record<string, string>;
  body: string;
}

export const CALLBACKS = '/api/v1/signing-callbacks/esign';
export const LIN = { name: 'Lin Wei', organisation: 'Cheers Trading', account: 'lin@cheers.example' };
export const ZHAO = { name: '赵敏', account: '13800138000' };

/** An API whose contracts are sealed and signed; what the processes of flows do is done by hand. */
export class SigningDesk {
  private constructor(
    readonly api: TestApi,
    readonly rep: ApiClient,
    readonly backOffice: ApiClient,
    private readonly activities: SigningActivities,
  ) {}

  static async open(esign: EsignServer | null = null, options: ApiOptions = {}): Promise<SigningDesk> {
    const api = await startApi({
      ...options,
      trustedProxies: ['127.0.0.1'],
      ...(esign ? { esign: { appId: esign.appId, appSecret: esign.appSecret } } : {}),
    });
    const services = {
      LOCAL: localSigning(api.dataSource),
      ...(esign && {
        ESIGN: esignService(esign.settings, {
          call: outsideCaller({ allowedHosts: [esign.host] }),
          fileReadyMs: 1,
        }),
      }),
    };
    const signer = new DecisionSigner('a secret for cursors, at least 32 long');
    const activities = createSigningActivities({ dataSource: api.dataSource, signer, services });
    const [rep, backOffice] = [await api.as('moses.frase'), await api.as('backoffice')];
    return new SigningDesk(api, rep, backOffice, activities);
  }

  /** Approved by everybody and sealed. */
  async sealed(over: object = {}): Promise<Contract> {
    await longAgo(this.api);
    const { id } = await draftedContract(this.api, this.rep, over);
    const { requestId } = await write(this.rep, `/contracts/${id}/submit`);
    await everybodyApproves(this.api, requestId!);
    return write(await this.api.as('seal'), `/contracts/${id}/seal`);
  }

  async start(contractId: string, signers: object[] = [LIN], over: object = {}): Promise<FlowView> {
    const body = { signers, language: 'en', ...over };
    const { status, body: signing } = await this.backOffice.post<Signing>(
      `/contracts/${contractId}/signing-flows`,
      body,
    );
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(signing)}`);
    return signing.flows[0]!;
  }

  async signing(contractId: string, client = this.backOffice): Promise<Signing> {
    return (await client.get<Signing>(`/contracts/${contractId}/signing-flows`)).body;
  }

  async flow(contractId: string): Promise<FlowView> {
    return (await this.signing(contractId)).flows[0]!;
  }

  /** What the process of the flow does when it is awake: whatever is due now, until nothing is. */
  async process(flowId: string): Promise<string[]> {
    const taken: string[] = [];
    for (;;) {
      const view = await this.activities.readSigning(flowId);
      if (!view?.next || view.next.inMs > 0) return taken;
      const { kind, key } = view.next;
      taken.push(kind);
      await this.take(kind, `signing/${flowId}/${key}`, flowId);
    }
  }

  /** The provider is asked now, whatever the process waits for. */
  check(flowId: string, key: string): Promise<void> {
    return this.activities.checkSigning({ key, correlationId: null }, flowId);
  }

  /** Started and with its provider. */
  async pending(contractId: string, signers?: object[]): Promise<FlowView> {
    const { id } = await this.start(contractId, signers);
    await this.process(id);
    return this.flow(contractId);
  }

  /** Sealed and with its signers. */
  async waiting(): Promise<{ contractId: string; flow: FlowView; providerFlowId: string }> {
    const { id: contractId } = await this.sealed();
    const flow = await this.pending(contractId);
    return { contractId, flow, providerFlowId: await this.providerFlowId(flow.id) };
  }

  /** As e签宝 calls. @returns the status it is answered with */
  async call({ headers, body }: SignedCall, query = ''): Promise<number> {
    const { status } = await fetch(`${this.api.url}${CALLBACKS}${query}`, { method: 'POST', headers, body });
    return status;
  }

  async link(contractId: string, flowId: string, no = 1): Promise<string> {
    const path = `/contracts/${contractId}/signing-flows/${flowId}/signers/${no}/links`;
    const { status, body } = await this.backOffice.post<{ url: string }>(path);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.url;
  }

  providerFlowId(flowId: string): Promise<string> {
    return this.api.dataSource
      .query<{ id: string }[]>(`SELECT provider_flow_id AS id FROM signing_flow WHERE id = $1`, [flowId])
      .then(([row]) => row!.id);
  }

  /** What the contract's chain says of signing. */
  async told(contractId: string): Promise<string[]> {
    const rows = await this.api.dataSource.query<{ type: string }[]>(
      `SELECT type FROM event WHERE aggregate_kind = 'contract' AND aggregate_id = $1 AND type ~ '^contract\\.(sign|effective|change-in)' ORDER BY seq`,
      [contractId],
    );
    return rows.map(({ type }) => type);
  }

  /** What the owner was told of how it ended. */
  async notices(contractId: string): Promise<string[]> {
    const rows = await this.api.dataSource.query<{ key: string }[]>(
      `SELECT split_part(dedupe_key, '/', 5) AS key FROM notification WHERE contract_id = $1 AND kind = 'CONTRACT_SIGNING' ORDER BY at, id`,
      [contractId],
    );
    return rows.map(({ key }) => key);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  private take(kind: string, key: string, flowId: string): Promise<void> {
    const step = { key, correlationId: null };
    switch (kind) {
      case 'OPEN_SIGNING':
        return this.activities.openSigning(step, flowId);
      case 'CHECK_SIGNING':
        return this.activities.checkSigning(step, flowId);
      case 'WITHDRAW_SIGNING':
        return this.activities.withdrawSigning(step, flowId);
      default:
        return this.activities.endSigning(step, flowId);
    }
  }
}
