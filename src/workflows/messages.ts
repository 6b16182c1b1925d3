import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Workflows and their database activities. */
export const TASK_QUEUE = 'sealflow';

/** What the outbox tells a process: start it if need be, and re-read Postgres. `seq` orders repeats; it carries no facts. */
export interface ProcessMessage {
  workflowType:
    | 'quoteToContract'
    | 'generalApproval'
    | 'importJob'
    | 'staffChange'
    | 'absence'
    | 'calendarChange'
    | 'priceChange'
    | 'deliver'
    | 'dealWatch'
    | 'contractLife'
    | 'signing'
    | 'collect';
  workflowId: string;
  input:
    | QuoteToContractInput
    | GeneralApprovalInput
    | ImportJobInput
    | StaffChangeInput
    | AbsenceInput
    | CalendarChangeInput
    | PriceChangeInput
    | DeliverInput
    | DealWatchInput
    | ContractLifeInput
    | SigningInput
    | CollectInput;
  /** seq of the aggregate whose command wrote the message */
  seq: number;
}

/** One row of `quote` (one version of one quotation), from submission to an effective contract. */
export interface QuoteToContractInput extends RunLength {
  quoteId: string;
}

/** One contract, from the day it takes effect until it is in the archive. */
export interface ContractLifeInput extends RunLength {
  contractId: string;
}

export function contractLifeMessage(contractId: string, seq: number): ProcessMessage {
  return { workflowType: 'contractLife', workflowId: `contract/${contractId}`, input: { contractId }, seq };
}

/** One document at its signers, from the moment it is given to them until nobody is asked any more. */
export interface SigningInput extends RunLength {
  flowId: string;
}

export function signingMessage(flowId: string, seq: number): ProcessMessage {
  return { workflowType: 'signing', workflowId: `signing/${flowId}`, input: { flowId }, seq };
}

/** What one customer owes one company. */
export interface CollectInput extends RunLength {
  caseId: string;
}

export function collectMessage(caseId: string, seq: number): ProcessMessage {
  return { workflowType: 'collect', workflowId: `collect/${caseId}`, input: { caseId }, seq };
}

/** One approval request of kind GENERAL, from submission to its outcome. */
export interface GeneralApprovalInput extends RunLength {
  requestId: string;
  /** a change of what was approved is being decided (AE-ENV-3): the process that ended with the approval begins again */
  reopened?: true;
}

/** After how many wakes a run continues as new. Left out, the workflow's own measure holds. */
export interface RunLength {
  wakesPerRun?: number;
}

export interface ImportJobInput {
  jobId: string;
}

/** One change of a person that their open seats follow. */
export interface StaffChangeInput extends RunLength {
  changeId: string;
}

export function staffChangeMessage(changeId: string, seq: number): ProcessMessage {
  return {
    workflowType: 'staffChange',
    workflowId: `staff-change/${changeId}`,
    input: { changeId },
    seq,
  };
}

/** One absence, from the day it was entered until what it moved is back. */
export interface AbsenceInput extends RunLength {
  absenceId: string;
}

export function absenceMessage(absenceId: string, seq: number): ProcessMessage {
  return { workflowType: 'absence', workflowId: `absence/${absenceId}`, input: { absenceId }, seq };
}

/** One edit of an office's working time. */
export interface CalendarChangeInput extends RunLength {
  changeId: string;
}

export function calendarChangeMessage(changeId: string, seq: number): ProcessMessage {
  return {
    workflowType: 'calendarChange',
    workflowId: `calendar-change/${changeId}`,
    input: { changeId },
    seq,
  };
}

/** One change of prices, costs or rates that quotations in approval follow. */
export interface PriceChangeInput extends RunLength {
  changeId: string;
}

export function priceChangeMessage(changeId: string, seq: number): ProcessMessage {
  return { workflowType: 'priceChange', workflowId: `price-change/${changeId}`, input: { changeId }, seq };
}

export function quoteToContractMessage(quoteId: string, seq: number): ProcessMessage {
  return {
    workflowType: 'quoteToContract',
    workflowId: `quote-to-contract/${quoteId}`,
    input: { quoteId },
    seq,
  };
}

export function generalApprovalMessage(requestId: string, seq: number, reopened = false): ProcessMessage {
  const input = { requestId, ...(reopened ? { reopened } : {}) };
  return { workflowType: 'generalApproval', workflowId: `approval/${requestId}`, input, seq };
}

export function importJobMessage(jobId: string, seq: number): ProcessMessage {
  return { workflowType: 'importJob', workflowId: `import/${jobId}`, input: { jobId }, seq };
}

/** The open deals of one person. */
export interface DealWatchInput extends RunLength {
  ownerId: string;
}

export function dealWatchMessage(ownerId: string, seq: number): ProcessMessage {
  return { workflowType: 'dealWatch', workflowId: `deals/${ownerId}`, input: { ownerId }, seq };
}

/** One message to one place. */
export interface DeliverInput {
  deliveryId: string;
}

/** @param replays how often somebody asked for it again: each is a run of its own */
export function deliverMessage(deliveryId: string, replays: number): ProcessMessage {
  const workflowId = replays === 0 ? `deliver/${deliveryId}` : `deliver/${deliveryId}/${replays}`;
  return { workflowType: 'deliver', workflowId, input: { deliveryId }, seq: replays };
}

/** Signal: something the process waits for may have changed, re-read. Late and repeated ones are harmless. Argument: `ProcessChanged`. */
export const PROCESS_CHANGED = 'processChanged';
export interface ProcessChanged {
  seq: number;
  /** the request of a person that led to it, for logs and audit */
  correlationId?: string;
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

export interface SavedView {
  name: string;
  query: string;
}

/** The lists operators open in the Temporal UI. It keeps saved views per browser, so they are given as URLs. */
export const SAVED_VIEWS: readonly SavedView[] = [
  { name: 'everything running', query: `ExecutionStatus="Running"` },
  {
    name: 'quotes in approval',
    query: `${SEARCH.stage.name} STARTS_WITH "QUOTE_APPROVAL" AND ExecutionStatus="Running"`,
  },
  {
    name: 'contracts in review',
    query: `${SEARCH.stage.name} STARTS_WITH "CONTRACT_REVIEW" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for the customer',
    query: `${SEARCH.stage.name}="QUOTE_SENT" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for the sales manager',
    query: `${SEARCH.waitingOn.name}="manager" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for legal',
    query: `${SEARCH.waitingOn.name} IN ("legal","legal2") AND ExecutionStatus="Running"`,
  },
  { name: 'stuck', query: `${SEARCH.stuck.name} IS NOT NULL AND ExecutionStatus="Running"` },
  { name: 'failed or timed out', query: `ExecutionStatus IN ("Failed","TimedOut","Terminated")` },
];

export function savedViewUrl(uiUrl: string, view: SavedView): string {
  return `${uiUrl}/namespaces/default/workflows?query=${encodeURIComponent(view.query)}`;
}
