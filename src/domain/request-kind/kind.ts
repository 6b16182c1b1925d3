import type { PolicyInput } from '../approval/policy.js';
import type { JsonObject } from '../json.js';

/** Words people read, in both languages of the house. */
export interface Words {
  zh: string;
  en: string;
}

/** HIDDEN: absent from every answer; READ: shown; WRITE: may be filled in while the own task is open. */
export type FieldAccess = 'HIDDEN' | 'READ' | 'WRITE';

/** Readers who hold no task of the request and did not start it. Left out: what any stage hides is hidden from them. */
export const OTHERS = 'OTHERS';
/** Whoever starts the request sees every field; READ here means that it is not theirs to fill in. */
export const INITIATOR = 'INITIATOR';

/**
 * One input of the decision table, taken from the document: `from` a field (money in the base currency at budget rates; a
 * list of decimals or of money is added up), `count` the items of a list, or a `value` that is always the same. What an
 * optional field leaves open is 0, false, '' or [].
 */
export type FactSource =
  | { name: string; type: PolicyInput['type']; from: string }
  | { name: string; type: 'decimal'; count: string }
  | { name: string; type: PolicyInput['type']; value: string | boolean | readonly string[] };

/** AE-ENV-1: in which direction a field may move without a new approval. LOWER: less is covered; SUBSET: fewer items are. */
export interface EnvelopeDimension {
  field: string;
  direction: 'LOWER' | 'HIGHER' | 'SUBSET' | 'EQUAL';
}

/**
 * Content of one immutable version of a request kind: everything the engine needs to know of a business it has no code for.
 * Fields are RFC 6901 pointers into the document, `*` stands for every item of a list.
 */
export interface RequestKindContent {
  titles: Words;
  description?: Words;
  /** what a request of this kind is called in lists; `{purpose}` is the field /purpose */
  title: string;
  /** first letters of its numbers: EX gives EX-2026-000012 */
  numberPrefix: string;
  /** which approval policy routes it, e.g. `approval.expense` */
  policyKind: string;
  /** JSON Schema, draft 2020-12, of the document */
  schema: JsonObject;
  /** the fields an approval is about (AE-SUB-1); others may change without one */
  relevant: readonly string[];
  facts: readonly FactSource[];
  /** the money an approval is for: limits and lists go by it; null when none is involved */
  exposure: string | null;
  /** AE-START-1: of two requests with the same value here only one is open at a time; null: each is about itself */
  subject: string | null;
  envelope: readonly EnvelopeDimension[];
  /** fields that name whom it is for, besides whoever starts it: they never approve it (AE-SOD-1); left out: nobody */
  beneficiaries?: readonly string[];
  /**
   * AE-RV-1: NONE: what follows from an approval cannot be undone, so that it is neither revoked nor changed; left out: it
   * can, until somebody says that something irreversible has followed
   */
  undo?: 'NONE';
  /** stage key, OTHERS or INITIATOR → field → access; what is not named is READ */
  access: Readonly<Record<string, Readonly<Record<string, FieldAccess>>>>;
}

export const KIND_KEY = /^[a-z][a-z0-9-]{1,39}$/;
const POLICY_PREFIX = 'request.';

/** The kind of policy data that holds a request kind. */
export function policyOfRequestKind(key: string): string {
  return `${POLICY_PREFIX}${key}`;
}

/** The request kind that a kind of policy data holds; null for other policies. */
export function requestKindOfPolicy(policy: string): string | null {
  return policy.startsWith(POLICY_PREFIX) ? policy.slice(POLICY_PREFIX.length) : null;
}

/** One version of a kind, as a request is bound to it. */
export interface RequestKind {
  versionId: string;
  key: string;
  version: number;
  content: RequestKindContent;
}
