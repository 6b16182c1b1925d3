import { Decimal } from 'decimal.js';
import { canonicalJson } from '../json.js';
import type { ApprovalState, Seat } from './model.js';
import type { DimensionSpec, Direction, StageSpec } from './stage-spec.js';

/** A value of a subject that may be bounded: decimals as strings, texts, yes or no, sets of texts. */
export type Measure = string | boolean | readonly string[];

/** What a subject measures, at one content of it. */
export interface Measured {
  /** together they say all that is relevant to its approval, but for the currency */
  values: Readonly<Record<string, Measure>>;
  /** of its own money values; null: it has none */
  currency: string | null;
  /** names that no stage of the policy owns: every stage holds them to what it saw */
  shared: readonly string[];
  /** what of it was read from the books and is no part of the content, in one digest; left out: nothing (AE-MGR-3) */
  sourced?: string;
  /** what every stage lets move although its policy does not say so: the kind of the subject does; left out: nothing */
  open?: readonly DimensionSpec[];
}

/** One dimension of an envelope: what it allows, and in which direction it is open (AE-ENV-1). */
export interface Bound {
  name: string;
  direction: Direction;
  /** of texts, from least to most */
  order?: readonly string[];
  money?: boolean;
  /** null: the subject had no such value */
  allowed: Measure | null;
}

/** What a yes covers: of an answer, or of one that was carried or given by the system in its place (AE-ENV-2). */
export function envelopeOf({ decision, envelope }: Pick<Seat, 'decision' | 'envelope'>): Envelope | null {
  return decision?.envelope ?? envelope ?? null;
}

/** What an approval covers: the content that was seen, and everything inside all bounds. */
export interface Envelope {
  subjectHash: string;
  currency: string | null;
  /** the digest of what was read from the books besides; left out: nothing */
  sourced?: string;
  /** null: the stage has none, so nothing but the very content that was seen */
  bounds: readonly Bound[] | null;
}

/** A dimension in which a subject lies outside an envelope. */
export interface Breach {
  /** `currency`: all money at once · `content`: the approval was for the very content */
  dimension: string;
  allowed: Measure | null;
  value: Measure | null;
}

export type MeasuredSubject = Pick<ApprovalState, 'subjectHash' | 'measured'>;

/** The envelope of an approval by somebody who says nothing about it: the values they saw (AE-ENV-1). */
export function seenEnvelope(spec: StageSpec, { subjectHash, measured }: MeasuredSubject): Envelope {
  if (!measured || (!spec.envelope && !measured.open))
    return { subjectHash, currency: measured?.currency ?? null, ...sourcedIn(measured), bounds: null };
  const seen = (name: string) => valueOf(measured, name);
  const owned = dimensionsOf(spec, measured).map((dimension) => boundOf(dimension, seen(dimension.name)));
  // a stage that owns nothing holds the subject to everything the kind does not let move
  const same = spec.envelope ? measured.shared : Object.keys(measured.values).sort();
  const shared = same
    .filter((name) => !owned.some((bound) => bound.name === name))
    .map((name): Bound => ({ name, direction: 'SAME', allowed: seen(name) }));
  return { subjectHash, currency: measured.currency, ...sourcedIn(measured), bounds: [...owned, ...shared] };
}

function sourcedIn(measured: Measured | undefined): Pick<Envelope, 'sourced'> {
  return measured?.sourced === undefined ? {} : { sourced: measured.sourced };
}

/** Whether exactly this was seen: the content, and what the books said besides. */
function isVery(envelope: Envelope | null, { subjectHash, measured }: MeasuredSubject): boolean {
  return envelope?.subjectHash === subjectHash && envelope.sourced === measured?.sourced;
}

/** Where a subject lies outside; empty: it is covered (AE-ENV-2). An approval without an envelope covers nothing. */
export function breaches(envelope: Envelope | null, { subjectHash, measured }: MeasuredSubject): Breach[] {
  if (isVery(envelope, { subjectHash, measured })) return [];
  if (!envelope?.bounds || !measured) return [{ dimension: 'content', allowed: null, value: null }];
  const { bounds, currency } = envelope;
  const broken = bounds.filter((bound) => !holds(bound, valueOf(measured, bound.name)));
  // a value of all stages that the subject did not have when it was approved: nobody has said yes to it
  const late = measured.shared.filter((name) => !bounds.some((bound) => bound.name === name));
  const otherMoney = currency !== measured.currency && bounds.some(({ money }) => money === true);
  return [
    ...(otherMoney ? [{ dimension: 'currency', allowed: currency, value: measured.currency }] : []),
    ...broken.map(({ name, allowed }) => ({
      dimension: name,
      allowed,
      value: valueOf(measured, name),
    })),
    ...late.map((name) => ({ dimension: name, allowed: null, value: valueOf(measured, name) })),
  ];
}

/** AE-ENV-2: every dimension holds. */
export function covers(envelope: Envelope | null, subject: MeasuredSubject): boolean {
  return breaches(envelope, subject).length === 0;
}

/** Whether somebody's answer still holds for the subject: it was about this very content, or covers it. */
export function answerCovers(seat: Pick<Seat, 'decision' | 'envelope'>, subject: MeasuredSubject): boolean {
  const isSeen =
    seat.decision?.subjectHash === subject.subjectHash && subject.measured?.sourced === undefined;
  return isSeen || covers(envelopeOf(seat), subject);
}

/** Whether a value lies inside one bound. What cannot be compared does not. */
export function holds(
  { direction, order, allowed }: Pick<Bound, 'direction' | 'order' | 'allowed'>,
  value: Measure | null,
): boolean {
  if (same(allowed, value)) return true;
  if (allowed === null || value === null || direction === 'SAME') return false;
  if (direction === 'WITHIN')
    return isSet(value) && isSet(allowed) && value.every((one) => allowed.includes(one));
  const compared = compare(value, allowed, order);
  if (compared === null) return false;
  return direction === 'AT_MOST' ? compared <= 0 : compared >= 0;
}

/** A stage's own dimensions, and those its kind opens to every stage; of one name the stage's own. */
function dimensionsOf({ envelope = [] }: StageSpec, { open = [] }: Measured): readonly DimensionSpec[] {
  return [...envelope, ...open.filter(({ name }) => !envelope.some((own) => own.name === name))];
}

function boundOf({ name, direction, order, money }: DimensionSpec, allowed: Measure | null): Bound {
  return { name, direction, ...(order ? { order } : {}), ...(money === true ? { money } : {}), allowed };
}

function valueOf({ values }: Measured, name: string): Measure | null {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** -1, 0 or 1; null when the two have no order. */
function compare(a: Measure, b: Measure, order: readonly string[] | undefined): number | null {
  if (order) {
    const [x, y] = [order.indexOf(String(a)), order.indexOf(String(b))];
    return x < 0 || y < 0 ? null : Math.sign(x - y);
  }
  if (typeof a !== 'string' || typeof b !== 'string') return null;
  return DECIMAL.test(a) && DECIMAL.test(b) ? new Decimal(a).comparedTo(b) : null;
}

/** Sets are equal whatever their order. */
function same(a: Measure | null, b: Measure | null): boolean {
  const plain = (value: Measure | null) =>
    value !== null && isSet(value) ? [...new Set(value)].sort() : value;
  return canonicalJson(plain(a)) === canonicalJson(plain(b));
}

function isSet(value: Measure): value is readonly string[] {
  return typeof value === 'object';
}
