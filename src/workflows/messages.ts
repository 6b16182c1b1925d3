import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Workflows and their database activities. */
export const TASK_QUEUE = 'sealflow';

/** What the outbox tells a process: start it if need be, and re-read Postgres. `seq` orders repeats; it carries no facts. */
export interface ProcessMessage {
  workflowType: 'quoteToContract' | 'generalApproval' | 'importJob';
  workflowId: string;
  input: QuoteToContractInput | GeneralApprovalInput | ImportJobInput;
  /** seq of the aggregate whose command wrote the message */
  seq: number;
}

/** One row of `quote` (one version of one quotation), from submission to an effective contract. */
export interface QuoteToContractInput {
  quoteId: string;
}

/** One approval request of kind GENERAL, from submission to its outcome. */
export interface GeneralApprovalInput {
  requestId: string;
}

export interface ImportJobInput {
  jobId: string;
}

export function quoteToContractMessage(quoteId: string, seq: number): ProcessMessage {
  return {
    workflowType: 'quoteToContract',
    workflowId: `quote-to-contract/${quoteId}`,
    input: { quoteId },
    seq,
  };
}

export function generalApprovalMessage(requestId: string, seq: number): ProcessMessage {
  return { workflowType: 'generalApproval', workflowId: `approval/${requestId}`, input: { requestId }, seq };
}

export function importJobMessage(jobId: string, seq: number): ProcessMessage {
  return { workflowType: 'importJob', workflowId: `import/${jobId}`, input: { jobId }, seq };
}

/** Signal: something the process waits for may have changed, re-read. Late and repeated ones are harmless. Argument: `ProcessChanged`. */
export const PROCESS_CHANGED = 'processChanged';
export interface ProcessChanged {
  seq: number;
}

/** Query: what the workflow last read and waits for, for operators. Answer: `WaitingFor`. */
export const WAITING_FOR = 'waitingFor';
export interface WaitingFor {
  stage: string;
  waitingOn: string[];
  dueAt: string | null;
}

/** Search attributes (design §6). No personal names: they are stored in clear. People appear by their username. */
export const SEARCH = {
  process: defineSearchAttributeKey('SealflowProcess', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('SealflowStage', SearchAttributeType.KEYWORD),
  waitingOn: defineSearchAttributeKey('SealflowWaitingOn', SearchAttributeType.KEYWORD_LIST),
  dueAt: defineSearchAttributeKey('SealflowDueAt', SearchAttributeType.DATETIME),
  owner: defineSearchAttributeKey('SealflowOwner', SearchAttributeType.KEYWORD),
  orgPath: defineSearchAttributeKey('SealflowOrgPath', SearchAttributeType.KEYWORD_LIST),
  amountBase: defineSearchAttributeKey('SealflowAmountBase', SearchAttributeType.DOUBLE),
  stuck: defineSearchAttributeKey('SealflowStuck', SearchAttributeType.KEYWORD),
} as const;
