import type { EntityManager } from 'typeorm';
import type { Json } from '../../domain/json.js';
import { policyOfRequestKind } from '../../domain/request-kind/kind.js';
import { COLLECTION_POLICY } from '../../policy/seed/collection-policy.js';
import { CONTRACT_POLICY } from '../../policy/seed/contract-policy.js';
import { CONTRACT_TERMS } from '../../policy/seed/contract-terms.js';
import { CREDIT_POLICY } from '../../policy/seed/credit-policy.js';
import { GENERAL_POLICY } from '../../policy/seed/general-policy.js';
import { PIPELINES } from '../../policy/seed/pipelines.js';
import { PRICING_POLICY } from '../../policy/seed/pricing-policy.js';
import { REVOCATION_POLICY } from '../../policy/seed/revocation-policy.js';
import { SPLIT_POLICY } from '../../policy/seed/split-policy.js';
import { QUOTE_POLICY } from '../../policy/seed/quote-policy.js';
import { KIND_POLICIES } from '../../policy/seed/kind-policies.js';
import { REQUEST_KINDS } from '../../policy/seed/request-kinds.js';
import { addFirstVersion } from './policy.js';

/** In force before anything that may be imported. */
const FROM = '2016-01-01T00:00:00.000Z';

const FIRST: Readonly<Record<string, unknown>> = {
  'approval.quote': QUOTE_POLICY,
  'approval.contract': CONTRACT_POLICY,
  'approval.general': GENERAL_POLICY,
  'approval.revocation': REVOCATION_POLICY,
  'approval.split': SPLIT_POLICY,
  ...KIND_POLICIES,
  ...PIPELINES,
  pricing: PRICING_POLICY,
  contract: CONTRACT_TERMS,
  collection: COLLECTION_POLICY,
  credit: CREDIT_POLICY,
  ...Object.fromEntries(
    Object.entries(REQUEST_KINDS).map(([key, content]) => [policyOfRequestKind(key), content]),
  ),
};

/** The policies, and the request kinds they route, a new installation starts with. May be repeated. */
export async function seedPolicies(tx: EntityManager): Promise<void> {
  for (const [kind, content] of Object.entries(FIRST)) {
    await addFirstVersion(tx, { kind, content: JSON.parse(JSON.stringify(content)) as Json, from: FROM });
  }
}
