import { expect } from '@jest/globals';
import { decisionTable } from '../../src/policy/seed/build.js';
import { GENERAL_POLICY } from '../../src/policy/seed/general-policy.js';
import type { ApiClient, Reply } from '../support/api.js';

export interface PolicyAnswer {
  id: string;
  kind: string;
  version: number;
  state: string;
  validFrom: string | null;
  validTo: string | null;
  content: Record<string, unknown>;
  createdBy: { name: string } | null;
  approvedBy: { name: string } | null;
  draft: {
    rowVersion: number;
    note: string;
    basedOn: string | null;
    authors: { name: string }[];
    wantedFrom: string | null;
    reviewReason: string | null;
    acts: string[];
  } | null;
  ending: { act: string; reason: string } | null;
}

type Answer = Reply<PolicyAnswer & Record<string, unknown>>;

export const ROW = {
  id: 'all',
  when: {},
  stages: ['TEAM_LEAD'],
  rule: 'everything',
  text: 'amount {amount}',
};

/** The policy of general requests with other rows. */
export const general = (rows: Parameters<typeof decisionTable>[1]): Record<string, unknown> => ({
  ...GENERAL_POLICY,
  jdm: decisionTable(GENERAL_POLICY.inputs, rows),
});

export const versionOf = (rowVersion: number): { headers: Record<string, string> } => ({
  headers: { 'If-Match': `"${rowVersion}"` },
});

/** A draft as `client` begins it. */
export async function draftOf(client: ApiClient, kind: string, content?: object): Promise<PolicyAnswer> {
  const { status, body } = await client.post<PolicyAnswer>('/policies/drafts', {
    kind,
    note: 'because',
    ...(content ? { content } : {}),
  });
  expect(status).toBe(201);
  return body;
}

export const edit = (client: ApiClient, draft: PolicyAnswer, body: object): Promise<Answer> =>
  client.put(`/policies/drafts/${draft.id}`, body, versionOf(draft.draft!.rowVersion));

export const submit = (client: ApiClient, draft: PolicyAnswer, body: object = {}): Promise<Answer> =>
  client.post(`/policies/drafts/${draft.id}/submit`, body, versionOf(draft.draft!.rowVersion));

export const approve = (client: ApiClient, draft: PolicyAnswer, body: object = {}): Promise<Answer> =>
  client.post(`/policies/drafts/${draft.id}/approve`, body, versionOf(draft.draft!.rowVersion));

export const sendBack = (client: ApiClient, draft: PolicyAnswer, reason: string): Promise<Answer> =>
  client.post(`/policies/drafts/${draft.id}/send-back`, { reason }, versionOf(draft.draft!.rowVersion));

/** A draft in review, as its reviewer finds it. */
export async function inReview(client: ApiClient, kind: string, content?: object): Promise<PolicyAnswer> {
  const { status, body } = await submit(client, await draftOf(client, kind, content));
  expect([status, body.state]).toEqual([200, 'IN_REVIEW']);
  return body;
}

/** A version in force: written by one person, approved by another. */
export async function putInForce(
  author: ApiClient,
  reviewer: ApiClient,
  kind: string,
  content: object,
): Promise<PolicyAnswer> {
  const { status, body } = await approve(reviewer, await inReview(author, kind, content));
  expect([status, body.state]).toEqual([200, 'ACTIVE']);
  return body;
}

/** Ended without a successor: proposed by one person, confirmed by another. */
export async function endInForce(author: ApiClient, reviewer: ApiClient, id: string): Promise<void> {
  expect((await author.post(`/policies/${id}/deactivate`, { reason: 'gone' })).status).toBe(200);
  const { body } = await reviewer.post<PolicyAnswer>(`/policies/${id}/ending/confirm`, {});
  expect(body.state).toBe('ENDED');
}
