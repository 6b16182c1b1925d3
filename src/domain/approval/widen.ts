import type { Decimal } from 'decimal.js';
import { DomainError } from '../errors.js';
import { authorityOf, unitPathOf } from './authority.js';
import { holds, seenEnvelope, type Bound, type Envelope, type Measure } from './envelope.js';
import type { Stage } from './model.js';
import type { DecisionAction, StageSpec } from './stage-spec.js';
import type { Transition } from './transition.js';

/** What an approver says of one dimension of their envelope (AE-ENV-1). */
export type EnvelopeWish = {
  dimension: string;
  /** up to where they approve; must not exclude what they saw */
  allowed?: Measure;
  /** exactly what they saw, whatever the dimension's direction */
  exact?: boolean;
};

/**
 * What an answer covers: of an approval the values seen, unless its approver says otherwise (AE-ENV-1); of others nothing.
 * @throws DomainError as wishedEnvelope · ENVELOPE_INVALID of an answer that is no approval
 */
export function grantedEnvelope(
  { state, context }: Transition,
  { spec }: Stage,
  { action, envelope: wishes = [] }: { action: DecisionAction; envelope?: readonly EnvelopeWish[] },
): Envelope | undefined {
  if (action !== 'APPROVE') {
    if (wishes.length > 0) throw new DomainError('ENVELOPE_INVALID', { action });
    return undefined;
  }
  const seen = seenEnvelope(spec, state);
  if (wishes.length === 0) return seen;
  const { initiatorId, selfIds, unitId, exposure } = state;
  const person = context.directory.people[context.actor.id];
  const unitPath = unitPathOf(unitId, [initiatorId, ...selfIds], context.directory);
  const authority = person && exposure ? authorityOf(person, exposure.currency, unitPath) : null;
  return wishedEnvelope(seen, spec, wishes, authority);
}

/**
 * The envelope of an approval by somebody who widens or narrows what they saw. Wider only as far as the stage's policy,
 * or for dimensions bound to it the person's own money limit, allows.
 * @param authority the person's largest exposure, in the currency of the request's exposure; null: none
 * @throws DomainError ENVELOPE_INVALID no such dimension, a value of another kind, or one that excludes what is approved ·
 *   ENVELOPE_BEYOND_AUTHORITY with the dimension and how wide it may be
 */
function wishedEnvelope(
  seen: Envelope,
  spec: StageSpec,
  wishes: readonly EnvelopeWish[],
  authority: Decimal | null,
): Envelope {
  return wishes.reduce(
    (envelope, wish, index) => ({
      ...envelope,
      bounds: withWish(envelope, spec, wish, { index, authority }),
    }),
    seen,
  );
}

interface At {
  index: number;
  authority: Decimal | null;
}

function withWish({ bounds }: Envelope, spec: StageSpec, wish: EnvelopeWish, at: At): Bound[] {
  const bound = bounds?.find(({ name }) => name === wish.dimension);
  if (!bounds || !bound) throw invalid(wish, at, 'a dimension of this stage');
  return bounds.map((other) => (other === bound ? wished(bound, spec, wish, at) : other));
}

function wished(bound: Bound, spec: StageSpec, wish: EnvelopeWish, at: At): Bound {
  const { allowed } = wish;
  if ((allowed === undefined) === (wish.exact !== true)) throw invalid(wish, at, 'either a bound or exact');
  if (allowed === undefined) return { ...bound, direction: 'SAME' };
  if (bound.direction === 'SAME' || bound.allowed === null)
    throw invalid(wish, at, 'a dimension that has a direction');
  const wider = { ...bound, allowed };
  if (!holds(wider, bound.allowed)) throw invalid(wish, at, 'a bound that covers what you approve');
  // no wider than what was seen: no authority is needed
  if (!holds(bound, allowed)) mustBeAllowed(wider, spec, at);
  return wider;
}

function mustBeAllowed(
  { name, direction, order, allowed }: Bound,
  spec: StageSpec,
  { index, authority }: At,
): void {
  const dimension = spec.envelope?.find((one) => one.name === name);
  const widest =
    dimension?.byAuthority === true ? (authority?.toFixed() ?? null) : (dimension?.widest ?? null);
  if (widest !== null && holds({ direction, ...(order ? { order } : {}), allowed: widest }, allowed)) return;
  throw new DomainError(
    'ENVELOPE_BEYOND_AUTHORITY',
    { dimension: name, allowed: asDetail(allowed), widest: asDetail(widest) },
    [
      {
        pointer: `/envelope/${index}/allowed`,
        code: 'BEYOND_AUTHORITY',
        rule: `${name} inside your own authority`,
      },
    ],
  );
}

function invalid({ dimension }: EnvelopeWish, { index }: At, rule: string): DomainError {
  return new DomainError('ENVELOPE_INVALID', { dimension }, [
    { pointer: `/envelope/${index}`, code: 'INVALID', rule },
  ]);
}

function asDetail(value: Measure | null) {
  return typeof value === 'object' && value !== null ? [...value] : value;
}
