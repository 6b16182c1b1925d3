import { DomainError, type FieldError } from '../errors.js';
import type { AttachmentRef } from './model.js';
import type { DecisionAction, Requirement, StageSpec } from './stage-spec.js';

/** For how long a password counts as just entered, where a stage says nothing else; minutes. */
export const STEP_UP_MINUTES = 15;

/** What an answer brings along, besides its word. */
export interface Brought {
  action: DecisionAction;
  comment: string | null;
  attachments?: readonly AttachmentRef[];
  /** the server's seal upon exactly this answer */
  signature?: string;
  /** ISO instant at which the actor last proved who they are; left out or null: nobody knows */
  authenticatedAt?: string | null;
}

type Spec = Pick<StageSpec, 'commentOn' | 'requires' | 'stepUpMinutes'>;

const ORDER = ['COMMENT', 'ATTACHMENT', 'SIGNATURE', 'STEP_UP'] as const;

/** What the policy asks of an action, each once, in a fixed order; a signature is given after a step-up (AE-REQ-1). */
export function requirementsOf(spec: Spec, action: DecisionAction): Requirement[] {
  const named = new Set<Requirement>(action === 'OPINION' ? [] : spec.requires?.[action]);
  if (action === 'OPINION' || spec.commentOn.includes(action)) named.add('COMMENT');
  if (named.has('SIGNATURE')) named.add('STEP_UP');
  return ORDER.filter((requirement) => named.has(requirement));
}

const RULES: Readonly<Record<Requirement, Omit<FieldError, 'code'> & { field: string }>> = {
  COMMENT: { field: 'comment', pointer: '/comment', rule: 'a comment is mandatory' },
  ATTACHMENT: { field: 'attachment', pointer: '/attachmentIds', rule: 'a file is mandatory' },
  SIGNATURE: { field: 'signature', pointer: '/sign', rule: 'it has to be signed' },
  STEP_UP: { field: 'stepUp', pointer: '', rule: 'prove who you are again first' },
};

/**
 * AE-REQ-1: said before the click, checked on every channel, the key not consumed.
 * @throws DomainError REQUIREMENT_MISSING with everything that is missing, by name
 */
export function mustMeetRequirements(spec: Spec, brought: Brought, now: string): void {
  const asked = requirementsOf(spec, brought.action);
  // a signature that nobody asked for is worth as much as one that somebody did
  const all = brought.signature === undefined ? asked : [...new Set([...asked, 'STEP_UP' as const])];
  const missing = all.filter((requirement) => !isMet(requirement, spec, brought, now));
  if (missing.length === 0) return;
  throw new DomainError(
    'REQUIREMENT_MISSING',
    {
      missing: missing.map((requirement) => RULES[requirement].field),
      ...(missing.includes('STEP_UP') ? { stepUpMinutes: stepUpMinutes(spec) } : {}),
    },
    missing.map((requirement) => {
      const { pointer, rule } = RULES[requirement];
      return { pointer, code: 'REQUIRED', rule: `${rule} for ${brought.action}` };
    }),
  );
}

function isMet(requirement: Requirement, spec: Spec, brought: Brought, now: string): boolean {
  switch (requirement) {
    case 'COMMENT':
      return Boolean(brought.comment?.trim());
    case 'ATTACHMENT':
      return (brought.attachments ?? []).length > 0;
    case 'SIGNATURE':
      return brought.signature !== undefined;
    case 'STEP_UP':
      return isFresh(brought.authenticatedAt ?? null, stepUpMinutes(spec), now);
  }
}

function stepUpMinutes({ stepUpMinutes: minutes }: Spec): number {
  return minutes ?? STEP_UP_MINUTES;
}

function isFresh(at: string | null, minutes: number, now: string): boolean {
  return at !== null && Date.parse(now) - Date.parse(at) <= minutes * 60_000;
}
