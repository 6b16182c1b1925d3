import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { ROLES } from '../domain/org/directory.js';
import { isQuorum } from './quorum-shape.js';
import { areSources } from './lint-sources.js';

export type Rec = Record<string, unknown>;

const INPUT_TYPES = new Set(['decimal', 'boolean', 'string', 'strings']);
const RUNGS = new Set([
  'REMIND',
  'CC_MANAGER',
  'ESCALATE_ADD',
  'ESCALATE_REPLACE',
  'AUTO_REJECT',
  'AUTO_APPROVE',
  'EXPIRE',
  'INCIDENT',
]);
const EMPTY = new Set(['BLOCK', 'FALLBACK', 'UP_CHAIN', 'ADMIN_QUEUE', 'SKIP']);
const SELF = new Set<unknown>(['UP_CHAIN', 'REMOVE_IF_OTHERS', 'BLOCK']);
const ACTIONS = new Set<unknown>(['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN']);
const REQUIREMENTS = new Set<unknown>(['COMMENT', 'ATTACHMENT', 'SIGNATURE', 'STEP_UP']);
const MAX_MINUTES = 1_000_000;
const MAX_VALUES = 200;
const MAX_CASES = 200;

/** Whether something that came from outside has the form of an approval policy; what it says is the linter's matter. */
export function isApprovalContent(value: unknown): value is ApprovalPolicyContent {
  return (
    isRecord(value) &&
    isRecord(value.jdm) &&
    isListOf(value.inputs, isInput) &&
    isListOf(value.stages, isStage) &&
    isListOf(value.ladders, isLadder) &&
    isOneOf(value.withdraw, 'ANYTIME', 'BEFORE_FIRST_DECISION', 'NEVER') &&
    isOptional(value.cases, areCases) &&
    isOptional(value.sources, areSources) &&
    isOptional(value.separation, (list) => isListOf(list, isSeparation)) &&
    isOptional(value.retractMinutes, (minutes) => isCount(minutes, 0)) &&
    isOptional(value.effectDelayMinutes, (minutes) => isCount(minutes, 0)) &&
    isOptional(value.claimWorkMinutes, (minutes) => isCount(minutes, 1)) &&
    isOptional(value.cc, (rules) => isListOf(rules, isCcRule)) &&
    isOptional(value.ccFields, isTexts) &&
    isOptional(value.urgeWorkMinutes, (minutes) => isCount(minutes, 1)) &&
    isOptional(value.attachments, isAttachmentRule) &&
    isOptional(value.dedupe, (mode) => isOneOf(mode, 'NONE', 'ADJACENT', 'FIRST_COUNTS', 'LAST_COUNTS')) &&
    isOptional(value.resubmitPolicy, (policy) => isOneOf(policy, 'LATEST', 'PINNED')) &&
    isOptional(value.returnedWorkDays, (days) => isCount(days, 1)) &&
    isOptional(value.returnedReminderWorkDays, (days) => isCount(days, 1))
  );
}

/** What a case says of its facts is checked when it runs: then it is named. */
function areCases(value: unknown): boolean {
  return (
    isListOf(
      value,
      ({ name, facts, stages, rows }) =>
        isText(name) && isRecord(facts) && areKeys(stages) && isOptional(rows, areKeys),
    ) && (value as unknown[]).length <= MAX_CASES
  );
}

function areKeys(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_VALUES && value.every(isText);
}

function isInput(input: Rec): boolean {
  return (
    /^[A-Za-z]\w{0,59}$/.test(String(input.name)) &&
    isText(input.label) &&
    INPUT_TYPES.has(String(input.type)) &&
    (input.values === undefined || (input.type === 'string' && isTexts(input.values)))
  );
}

export function isStage(stage: Rec): boolean {
  return (
    [stage.key, stage.title, stage.branch, stage.ladder].every(isText) &&
    [stage.block, stage.rank].every((count) => isCount(count, 0)) &&
    isCount(stage.minApprovals, 1) &&
    isOneOf(stage.mode, 'PARALLEL', 'SEQUENTIAL') &&
    isOneOf(stage.resolveAt, 'ACTIVATION', 'SUBMIT') &&
    isOneOf(stage.onBranchReject, 'FAIL_FAST', 'WAIT_ALL') &&
    isOneOf(stage.abstain, 'EXCLUDED', 'COUNTS_AS_NO') &&
    isOneOf(stage.risk, 'LOW', 'NORMAL') &&
    isOneOf(stage.resume, 'CHOOSE', 'NEXT', 'TO_RETURNER') &&
    isOptional(stage.requires, isRequires) &&
    isOptional(stage.stepUpMinutes, (minutes) => isCount(minutes, 1)) &&
    isOptional(stage.pool, isFlag) &&
    isOptional(stage.strictRole, isFlag) &&
    isOptional(stage.strictReporting, isFlag) &&
    isOptional(stage.snapshotMaxAgeMinutes, (minutes) => isCount(minutes, 1)) &&
    isOptional(stage.freshLook, isFlag) &&
    isOptional(stage.lateChoice, isFlag) &&
    isOptional(stage.noBulk, isFlag) &&
    isOptional(stage.bulkLimit, isAmount) &&
    isOptional(stage.calendar, isStageCalendar) &&
    isOptional(stage.writes, areKeys) &&
    isOptional(stage.envelope, (dimensions) => isListOf(dimensions, isDimension)) &&
    isOptional(stage.returnRule, (rule) => isOneOf(rule, 'ANY', 'MAJORITY', 'LEAD')) &&
    isQuorum(stage.quorum) &&
    isResolver(stage.resolver) &&
    isRecord(stage.empty) &&
    EMPTY.has(String(stage.empty.kind)) &&
    (stage.empty.kind !== 'FALLBACK' || isRole(stage.empty.role)) &&
    (SELF.has(stage.self) || isCappedSelf(stage.self)) &&
    isRecord(stage.onReject) &&
    isOneOf(stage.onReject.kind, 'END', 'RETURN_INITIATOR', 'RETURN_STAGE') &&
    Array.isArray(stage.commentOn) &&
    stage.commentOn.every((action) => ACTIONS.has(action))
  );
}

function isRequires(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([action, needs]) =>
        ACTIONS.has(action) && Array.isArray(needs) && needs.every((need) => REQUIREMENTS.has(need)),
    )
  );
}

function isCcRule(rule: Rec): boolean {
  return (
    isOneOf(rule.on, 'SUBMIT', 'STAGE_PASSED', 'FINAL') &&
    isOptional(rule.stageKey, isText) &&
    (rule.stageKey === undefined || rule.on === 'STAGE_PASSED') &&
    isRecord(rule.to) &&
    rule.to.kind !== 'INITIATOR_CHOICE' &&
    rule.to.kind !== 'CHILD' &&
    isResolver(rule.to)
  );
}

function isAttachmentRule(value: unknown): boolean {
  return (
    isRecord(value) &&
    Number.isInteger(value.maxBytes) &&
    Number(value.maxBytes) > 0 &&
    isCount(value.maxFiles, 1) &&
    isTexts(value.mediaTypes)
  );
}

/** Whether its stages and roles exist is the linter's matter. */
function isSeparation({ kind, stages, roles, count }: Rec): boolean {
  switch (kind) {
    case 'DISTINCT':
      return isPair(stages);
    case 'NOT_INITIATOR':
    case 'NOT_BENEFICIARY':
    case 'NOT_REPORT_OF_INITIATOR':
      return isOptional(stages, isTexts);
    case 'NOT_BOTH':
      return isPair(roles) && isOptional(stages, isTexts);
    case 'MIN_PERSONS':
      return isCount(count, 2);
    default:
      return false;
  }
}

function isPair(value: unknown): boolean {
  return isTexts(value) && (value as unknown[]).length === 2;
}

function isDimension(dimension: Rec): boolean {
  return (
    /^[A-Za-z]\w{0,59}$/.test(String(dimension.name)) &&
    isOneOf(dimension.direction, 'AT_MOST', 'AT_LEAST', 'WITHIN', 'SAME') &&
    isOptional(dimension.order, isTexts) &&
    isOptional(dimension.money, isFlag) &&
    isOptional(dimension.byAuthority, isFlag) &&
    isOptional(dimension.widest, (widest) => isText(widest) || isTexts(widest))
  );
}

function isStageCalendar(value: unknown): boolean {
  return isRecord(value) && (value.kind === 'HOLDER' || (value.kind === 'OFFICE' && isText(value.key)));
}

function isResolver(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'ROLE':
      return isRole(value.role) && isOneOf(value.take, 'NEAREST', 'EVERY');
    case 'MANAGER':
      return isCount(value.levels, 1) && Number(value.levels) <= 12;
    case 'CHAIN_TO_LIMIT':
      return (
        isOneOf(value.mode, 'EVERY_LEVEL', 'FINAL_ONLY', 'FIRST_AND_FINAL') &&
        (value.topRole === null || isRole(value.topRole))
      );
    case 'PERSON':
      return Array.isArray(value.personIds) && value.personIds.every(isText);
    case 'INITIATOR_CHOICE':
      return (
        isRole(value.among) && isOptional(value.scope, (scope) => isOneOf(scope, 'SUBJECT', 'EVERYWHERE'))
      );
    case 'HEAD':
      return (
        hasOnly(value, 'unit') &&
        (value.unit === 'INITIATOR' || (isRecord(value.unit) && isText(value.unit.input)))
      );
    case 'FORM_FIELD':
      return hasOnly(value, 'input') && isText(value.input);
    case 'EXPRESSION':
      return (
        hasOnly(value, 'yields', 'expression') &&
        isOneOf(value.yields, 'PERSONS', 'ROLES') &&
        typeof value.expression === 'string' &&
        value.expression.trim() !== ''
      );
    case 'CHILD':
      return isText(value.policyKind);
    case 'GROUPS':
      return (
        isRecord(value.groups) &&
        Object.values(value.groups).every(
          (group) =>
            isRecord(group) && group.kind !== 'GROUPS' && group.kind !== 'CHILD' && isResolver(group),
        )
      );
    default:
      return false;
  }
}

/** What a round finds out of a resolver is no part of a policy. */
function hasOnly(resolver: Rec, ...fields: readonly string[]): boolean {
  return Object.keys(resolver).every((key) => key === 'kind' || fields.includes(key));
}

function isCappedSelf(value: unknown): boolean {
  return isRecord(value) && value.kind === 'ALLOW' && isAmount(value.cap) && isText(value.currency);
}

function isCap(value: unknown): boolean {
  return isRecord(value) && isAmount(value.amount) && isText(value.currency);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,15}(\.\d{1,4})?$/.test(value);
}

export function isLadder(ladder: Rec): boolean {
  return (
    isText(ladder.key) &&
    isCount(ladder.workMinutes, 1) &&
    isListOf(
      ladder.rungs,
      (rung) =>
        isText(rung.id) &&
        RUNGS.has(String(rung.kind)) &&
        isCount(rung.atPercent, 1) &&
        isOptional(rung.cap, isCap),
    )
  );
}

function isRole(value: unknown): boolean {
  return ROLES.some((role) => role === value);
}

function isCount(value: unknown, least: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_MINUTES;
}

function isOptional(value: unknown, test: (value: unknown) => boolean): boolean {
  return value === undefined || test(value);
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= MAX_VALUES && value.every(isText);
}

function isOneOf(value: unknown, ...allowed: readonly string[]): boolean {
  return typeof value === 'string' && allowed.includes(value);
}

function isListOf(value: unknown, test: (item: Rec) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isRecord(item) && test(item));
}

export function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
