export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  requestId: string;
  errors?: { pointer: string; code: string; rule: string }[];
  [extra: string]: unknown;
}
export interface Money {
  amount: string;
  currency: string;
}
export interface PersonRef {
  id: string;
  name: string;
  title: string | null;
}
export interface UnitRef {
  id: string;
  name: string;
  kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
}

export interface LoginBody {
  username: string;
  password: string;
}
export interface Session {
  token: string;
  expiresAt: string;
  me: Me;
}
export interface Me {
  id: string;
  username: string;
  name: string;
  title: string | null;
  roles: string[];
  permissions: string[];
  unit: UnitRef | null;
  locale: 'zh-CN' | 'en';
}

export interface PersonView extends PersonRef {
  active: boolean;
  unit: UnitRef | null;
  manager: PersonRef | null;
  roles: { role: string; unit: UnitRef | null; limit: Money | null }[];
}
export interface UnitNode extends UnitRef {
  head: PersonRef | null;
  children: UnitNode[];
}
export interface AbsenceBody {
  personId?: string;
  from: string;
  to: string;
  delegateId?: string;
  note?: string;
}
export interface AbsenceView {
  id: string;
  person: PersonRef;
  delegate: PersonRef | null;
  from: string;
  to: string;
  note: string | null;
}

export interface ImportJob {
  id: string;
  kind: string;
  fileName: string;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
  rowsTotal: number | null;
  rowsRead: number;
  created: number;
  updated: number;
  unchanged: number;
  invalid: number;
  createdAt: string;
  finishedAt: string | null;
  failure: string | null;
}
export interface ImportError {
  row: number;
  column: string;
  value: string;
  rule: string;
  message: string;
}

export interface CustomerView {
  id: string;
  name: string;
  sector: string | null;
  country: string | null;
  zone: string;
  creditClass: string | null;
  creditLimit: Money | null;
  parent: { id: string; name: string } | null;
}
export interface ProductView {
  id: string;
  sku: string;
  name: string;
  series: string;
}
export interface PriceListView {
  id: string;
  version: number;
  currency: string;
  validFrom: string;
  validTo: string | null;
  items: { productId: string; sku: string; name: string; list: string; floor?: string; cost?: string }[];
} // floor, cost only with cost:read
export interface OpportunityView {
  id: string;
  number: string;
  customer: { id: string; name: string };
  product: { id: string; name: string } | null;
  owner: PersonRef;
  stage: string;
  amount: Money | null;
  engagedOn: string | null;
  closedOn: string | null;
}
export interface OpportunityBody {
  customerId: string;
  productId?: string;
  amount?: Money;
  note?: string;
}

export interface QuoteLineBody {
  productId: string;
  qty: string;
  unitNet?: string;
  discountPct?: string;
  free?: boolean;
  note?: string;
} // exactly one of unitNet | discountPct (default discount 0)
export interface QuoteBody {
  opportunityId?: string;
  customerId: string;
  currency: string;
  lines: QuoteLineBody[];
  dealDiscountPct?: string;
  termDays: number;
  instalments?: { trigger: 'SIGNING' | 'DELIVERY' | 'ACCEPTANCE' | 'DATE'; pct: string; days?: number }[];
  deliveryDays?: number;
  warrantyMonths?: number;
  nonStandardClauses?: string[];
  validUntil?: string;
  note?: string;
}
export type QuoteState =
  | 'DRAFT'
  | 'IN_APPROVAL'
  | 'RETURNED'
  | 'APPROVED'
  | 'SENT'
  | 'ACCEPTED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'SUPERSEDED';
export interface HolderChip {
  stage: string;
  people: PersonRef[];
  roles: string[];
  since: string;
  dueAt: string | null;
  overdue: boolean;
  stuck: string | null;
}
export interface QuoteSummary {
  id: string;
  number: string;
  version: number;
  state: QuoteState;
  customer: { id: string; name: string };
  owner: PersonRef;
  total: Money;
  discountPct: string;
  validUntil: string | null;
  holder: HolderChip | null;
  requestId: string | null;
  contractId: string | null;
  updatedAt: string;
}
export interface QuoteLineView {
  id: string;
  no: number;
  product: ProductView;
  qty: string;
  list: string;
  unitNet: string;
  discountPct: string;
  net: string;
  free: boolean;
  note: string | null;
  cost?: string;
  marginPct?: string;
  belowFloor: boolean;
}
export interface QuoteView extends QuoteSummary {
  rowVersion: number;
  opportunity: { id: string; number: string } | null;
  currency: string;
  lines: QuoteLineView[];
  dealDiscountPct: string;
  listTotal: string;
  netTotal: string;
  termDays: number;
  instalments: { trigger: string; pct: string; days: number | null }[];
  deliveryDays: number | null;
  warrantyMonths: number | null;
  nonStandardClauses: string[];
  note: string | null;
  materialHash: string;
  marginFlag: 'GREEN' | 'AMBER' | 'RED';
  marginPct?: string;
  costTotal?: string;
  financingCost?: string;
  customerZone: string;
  actions: string[];
}
export interface PlanPreview {
  planHash: string;
  lane: 'AUTO' | 'APPROVAL';
  marginFlag: 'GREEN' | 'AMBER' | 'RED';
  total: Money;
  discountPct: string;
  policy: { kind: string; version: number };
  stages: {
    key: string;
    title: string;
    branch: string | null;
    quorum: string;
    seats: {
      person: PersonRef | null;
      role: string | null;
      certainty: 'FIXED' | 'MAY_CHANGE';
      why: SeatReason[];
    }[];
    sla: string | null;
  }[];
  notAsked: { stageKey: string; title: string; why: string }[];
  problems: { code: string; message: string; pointer?: string }[];
  lines?: QuoteLineView[];
}
export interface SeatReason {
  rule: string;
  text: string;
  inputs: Record<string, string>;
  policyVersion: number;
  rowId: string;
}

export interface InboxItem {
  requestId: string;
  seatId: string | null;
  seatVersion: number | null;
  subjectHash: string;
  title: string;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL';
  subjectId: string;
  state: string;
  amount: Money | null;
  initiator: PersonRef;
  stage: string;
  why: string | null;
  openedAt: string | null;
  dueAt: string | null;
  overdue: boolean;
  reminded: number;
  round: number;
  flags: string[];
  lastComment: { by: PersonRef; text: string } | null;
  onBehalfOf: PersonRef | null;
  decidedAt: string | null;
  decision: string | null;
}
export interface DecisionBody {
  action: 'APPROVE' | 'REJECT' | 'RETURN' | 'ABSTAIN';
  expectedSeatVersion: number;
  subjectHash: string;
  comment?: string;
  returnTo?: 'INITIATOR' | string /* stageKey */;
  resume?: 'NEXT' | 'TO_RETURNER';
}
export interface DecisionResult {
  requestId: string;
  seq: number;
  requestState: RequestState;
  stageState: string;
  seatState: string;
  next: InboxItem | null;
  resumeDowngraded?: boolean;
  replayed: boolean;
}
export type RequestState =
  | 'DRAFT'
  | 'PENDING'
  | 'RETURNED'
  | 'APPROVED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'TERMINATED'
  | 'EXPIRED'
  | 'REVOKED';
export interface StageView {
  id: string | null;
  key: string;
  title: string;
  rank: number;
  branch: string | null;
  visit: number;
  state: string;
  code: string | null;
  quorum: string;
  openedAt: string | null;
  closedAt: string | null;
  seats: SeatView[];
}
export interface SeatView {
  id: string | null;
  version: number | null;
  owner: PersonRef | null;
  holder: PersonRef | null;
  role: string | null;
  state: string;
  code: string | null;
  weight: number;
  openedAt: string | null;
  dueAt: string | null;
  why: SeatReason[];
  certainty: 'FIXED' | 'MAY_CHANGE';
  parentId: string | null;
  decision: {
    action: string;
    by: PersonRef;
    onBehalfOf: PersonRef | null;
    comment: string | null;
    at: string;
  } | null;
}
export interface ChangeRow {
  path: string;
  label: string;
  before: string | null;
  after: string | null;
  direction: 'BETTER' | 'WORSE' | 'NEUTRAL';
}
export interface TimelineEntry {
  seq: number;
  at: string;
  type: string;
  actor: PersonRef | null;
  onBehalfOf: PersonRef | null;
  text: { key: string; params: Record<string, string> };
  comment: string | null;
}
export interface RequestView {
  id: string;
  kind: 'QUOTE' | 'CONTRACT' | 'GENERAL';
  title: string;
  state: RequestState;
  version: number;
  round: number;
  initiator: PersonRef;
  unit: UnitRef | null;
  submittedAt: string;
  closedAt: string | null;
  subjectHash: string;
  subject: {
    kind: string;
    id: string;
    number: string;
    version: number;
    amount: Money | null;
    facts: { key: string; label: string; value: string; flag: 'GREEN' | 'AMBER' | 'RED' | null }[];
    document: Record<string, unknown>;
  };
  changedSinceLastRound: boolean | null;
  changes: ChangeRow[];
  changesBase: { round: number; label: string } | null;
  why: SeatReason[];
  path: StageView[];
  timeline: TimelineEntry[];
  holder: HolderChip | null;
  policy: { kind: string; version: number; matched: string[] };
  actions: { action: string; seatId: string | null; seatVersion: number | null; commentRequired: boolean }[];
  returnTargets: { key: string; title: string }[];
}
export interface GeneralRequestBody {
  title: string;
  amount?: Money;
  facts: Record<string, string | boolean | string[]>;
  content: Record<string, unknown>;
  approverIds?: string[];
}
export interface AuditEvent {
  seq: number;
  id: string;
  type: string;
  at: string;
  actor: PersonRef | null;
  onBehalfOf: PersonRef | null;
  cause: string | null;
  payload: unknown;
  prevHash: string;
  hash: string;
}

export type ContractState =
  | 'DRAFT'
  | 'IN_REVIEW'
  | 'RETURNED'
  | 'APPROVED'
  | 'SEALED'
  | 'EFFECTIVE'
  | 'REJECTED'
  | 'LAPSED'
  | 'CANCELLED';
export interface ContractSummary {
  id: string;
  number: string;
  version: number;
  state: ContractState;
  customer: { id: string; name: string };
  owner: PersonRef;
  total: Money;
  holder: HolderChip | null;
  requestId: string | null;
  quoteId: string;
  updatedAt: string;
}
export interface ContractView extends ContractSummary {
  rowVersion: number;
  clauses: { key: string; title: string; text: string; standard: boolean }[];
  text: string;
  textHash: string;
  signedHash: string | null;
  hashMatches: boolean | null;
  termDays: number;
  sealedAt: string | null;
  sealedBy: PersonRef | null;
  counterSignedOn: string | null;
  effectiveOn: string | null;
  plan: { seq: number; trigger: string; dueOn: string | null; pct: string; amount: Money; state: string }[];
  milestones: {
    id: string;
    kind: string;
    owner: PersonRef;
    dueOn: string;
    doneOn: string | null;
    overdue: boolean;
  }[];
  actions: string[];
}

export interface StuckItem {
  requestId: string | null;
  processId: string;
  workflowUrl: string | null;
  title: string;
  cause:
    | 'BLOCKED'
    | 'LADDER_EXHAUSTED'
    | 'WORKFLOW_TASK_FAILING'
    | 'ACTIVITY_RETRYING'
    | 'OUTBOX_BEHIND'
    | 'OUTBOX_PARKED'
    | 'NO_LIVE_SEAT'
    | 'NO_WORKFLOW'
    | 'NO_WORKER';
  detail: string;
  since: string;
  who: PersonRef[];
  actions: string[];
}
export interface OpsOverview {
  openRequests: number;
  byStage: { stage: string; count: number; oldest: string | null }[];
  outbox: { pending: number; oldestAgeMs: number | null; parked: number };
  temporal: { reachable: boolean; pollers: number };
  savedViews: { name: string; url: string }[];
  reconciledAt: string | null;
  findings: number;
  handling: {
    stage: string;
    decided: number;
    running: number;
    p50Minutes: number | null;
    p90Minutes: number | null;
  }[];
}
export interface PolicyView {
  id: string;
  kind: string;
  version: number;
  state: string;
  validFrom: string | null;
  validTo: string | null;
  content: unknown;
}
