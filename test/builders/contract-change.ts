import { everybodyApproves, readContract, signedCopy, write, type Contract } from './contract.js';
import type { ApiClient, TestApi } from '../support/api.js';

export interface Version {
  version: number;
  kind: string;
  state: string;
  inForceAt: string | null;
  inForceUntil: string | null;
  total: { amount: string };
  lines: { name: string; qty: string; unitNet: string }[];
  textHash: string;
  differences: { field: string; before: string | null; after: string | null }[];
  textChanges: { kind: string; text: string }[];
}

export async function versions(client: ApiClient, id: string): Promise<Version[]> {
  return (await client.get<Version[]>(`/contracts/${id}/versions`)).body;
}

export function propose(client: ApiClient, { id }: Contract, change: object): Promise<Contract> {
  return write(client, `/contracts/${id}/changes`, {
    kind: 'AMENDMENT',
    reason: 'the customer asks for it',
    ...change,
  });
}

export function submitChange(client: ApiClient, { id, change }: Contract): Promise<Contract> {
  return write(client, `/contracts/${id}/changes/${change!.version}/submit`);
}

/** Proposed and sent into approval. */
export async function asked(client: ApiClient, contract: Contract, change: object): Promise<Contract> {
  return submitChange(client, await propose(client, contract, change));
}

/** Stages that wait for an answer now. */
export async function askedStages(api: TestApi, requestId: string): Promise<string[]> {
  const rows = await api.dataSource.query<{ key: string }[]>(
    `SELECT DISTINCT t.key FROM approval_stage t JOIN approval_request r ON r.id = t.request_id AND r.round = t.round
     WHERE t.request_id = $1 AND t.state IN ('ACTIVE', 'WAITING', 'PLANNED') ORDER BY 1`,
    [requestId],
  );
  return rows.map(({ key }) => key);
}

/** Approved by everybody who is asked, sealed, and counter-signed as sealed. */
export async function intoForce(
  api: TestApi,
  rep: ApiClient,
  { id, requestId }: Contract,
): Promise<Contract> {
  await everybodyApproves(api, requestId!);
  await write(await api.as('seal'), `/contracts/${id}/seal`);
  const [row] = await api.dataSource.query<{ text: string }[]>(
    `SELECT text FROM contract_version WHERE contract_id = $1 AND state = 'SEALED'`,
    [id],
  );
  await write(await api.as('backoffice'), `/contracts/${id}/counter-signed`, signedCopy(row!.text));
  return readContract(rep, id);
}
