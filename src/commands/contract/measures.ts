import type { Measure } from '../../domain/approval/envelope.js';
import type { Clause, ContractTerms } from '../../domain/contract/text.js';
import type { JsonObject } from '../../domain/json.js';
import { rollingOf, type NearbyDeal } from '../../domain/quote/rolling.js';
import type { BuiltInFacts } from '../../domain/request-kind/built-in.js';
import { hexDigest } from '../hash.js';

interface Worded {
  terms: ContractTerms & JsonObject;
  clauses: readonly Clause[];
  review_note: string | null;
  termination: { on: string; reason: string } | null;
}

/**
 * @param base total in the base currency
 * @param nearby the customer's other contracts of these days
 */
export function contractFacts(
  worded: Pick<Worded, 'clauses'>,
  base: string,
  nearby: readonly NearbyDeal[],
): BuiltInFacts<'CONTRACT'> {
  return { ...ownFacts(worded, base), ...rollingOf(base, nearby) };
}

function ownFacts({ clauses }: Pick<Worded, 'clauses'>, base: string) {
  const changed = clauses.filter(({ standard }) => !standard);
  return { amount: base, nonStandardClauses: changed.map(({ key }) => key).sort() };
}

/**
 * Everything a contract says, value by value, for envelopes (AE-ENV-1). The number of the version and the hash of the text
 * are not among them: the one says nothing, the other follows from the rest; nor are contracts close by, which are not of it.
 */
export function measuresOf(worded: Worded, base: string): Record<string, Measure> {
  const { terms, clauses, review_note: reviewNote, termination } = worded;
  const { lines, instalments, total, currency, version: _version, number, seller, buyer, ...plain } = terms;
  const other = Object.entries(plain).map(([name, value]) => [name, String(value ?? '')] as const);
  return {
    ...Object.fromEntries(other),
    ...ownFacts(worded, base),
    total: `${total} ${currency}`,
    parties: hexDigest({ number, seller, buyer }),
    goods: hexDigest(lines.map(({ name, qty }) => ({ name, qty }))),
    prices: hexDigest(lines.map(({ name, unitNet, net }) => ({ name, unitNet, net }))),
    paymentPlan: hexDigest(instalments.map(({ trigger, pct, days }) => ({ trigger, pct, days }))),
    clauses: hexDigest(clauses.map(({ key, title, text }) => ({ key, title, text }))),
    // always there: a value that an approval has not seen would not bind it
    reviewNote: reviewNote ?? '',
    termination: termination ? hexDigest(termination) : '',
    durationMonths: String(terms.durationMonths ?? ''),
  };
}
