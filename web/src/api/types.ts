import type { components } from './schema.js';

type Schemas = components['schemas'];

/** Keyset page: the next one starts after `nextCursor`. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Refusals carry what they found, besides the standard members. */
export type Problem = Schemas['Problem'] & Record<string, unknown>;
export type Money = Schemas['Money'];
export type PersonRef = Schemas['PersonRef'];
export type UnitRef = Schemas['UnitRef'];
export type LoginBody = Schemas['LoginBody'];
export type Session = Schemas['Session'];
export type Me = Schemas['Me'];
export type PersonView = Schemas['PersonView'];
export type UnitNode = Schemas['UnitNode'];
export type AbsenceBody = Schemas['AbsenceBody'];
export type AbsenceView = Schemas['AbsenceView'];
export type ImportJob = Schemas['ImportJob'];
export type ImportError = Schemas['ImportError'];
export type CustomerView = Schemas['CustomerView'];
export type ProductView = Schemas['ProductView'];
export type PriceListView = Schemas['PriceListView'];
export type OpportunityView = Schemas['OpportunityView'];
export type QuoteBody = Schemas['QuoteBody'];
export type QuoteSummary = Schemas['QuoteSummary'];
export type QuoteLineView = Schemas['QuoteLineView'];
export type QuoteView = Schemas['QuoteView'];
export type PlanPreview = Schemas['PlanPreview'];
export type SeatReason = Schemas['SeatReason'];
export type HolderChip = Schemas['HolderChip'];
export type InboxItem = Schemas['InboxItem'];
export type InboxCount = Schemas['InboxCount'];
export type BulkBody = Schemas['BulkBody'];
export type BulkPreview = Schemas['BulkPreview'];
export type BulkResult = Schemas['BulkResult'];
export type DecisionBody = Schemas['DecisionBody'];
export type TransferBody = Schemas['TransferBody'];
export type SeatsResult = Schemas['SeatsResult'];
export type AddBody = Schemas['AddBody'];
export type HeldSeat = Schemas['HeldSeat'];
export type MassTransferBody = Schemas['MassTransferBody'];
export type MassTransferResult = Schemas['MassTransferResult'];
export type RemoveBody = Schemas['RemoveBody'];
export type UrgeResult = Schemas['UrgeResult'];
export type Attachment = Schemas['Attachment'];
export type DecisionResult = Schemas['DecisionResult'];
export type StageView = Schemas['StageView'];
export type SeatView = Schemas['SeatView'];
export type ChangeRow = Schemas['ChangeRow'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type RequestView = Schemas['RequestView'];
export type RequestAudit = Schemas['RequestAudit'];
export type AccessView = Schemas['AccessView'];
export type StuckItem = Schemas['StuckItem'];
export type OpsOverview = Schemas['OpsOverview'];
export type QuoteSubmitted = Schemas['QuoteSubmitted'];
export type ContractSummary = Schemas['ContractSummary'];
export type ContractView = Schemas['ContractView'];
export type WithdrawBody = Schemas['WithdrawBody'];
export type ResubmitBody = Schemas['ResubmitBody'];
export type RestaffBody = Schemas['RestaffBody'];
export type TerminateBody = Schemas['TerminateBody'];
export type AcceptQuoteBody = Schemas['AcceptQuoteBody'];
export type SubmitQuoteBody = Schemas['SubmitQuoteBody'];
export type PolicyView = Schemas['PolicyView'];
export type WhatIfBody = Schemas['WhatIfBody'];
export type WhatIfResult = Schemas['WhatIfResult'];
export type MigrationTrial = Schemas['MigrationTrialView'];
export type MigrateBody = Schemas['MigrateBody'];
export type MigrationResults = Schemas['MigrationResults'];
export type OpsActionBody = Schemas['OpsActionBody'];
export type QuoteState = QuoteSummary['state'];
export type ContractState = ContractSummary['state'];
