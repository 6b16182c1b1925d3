import type { Measure } from '../approval/envelope.js';
import type { DimensionSpec, Direction } from '../approval/stage-spec.js';
import type { Json, JsonObject } from '../json.js';
import { Exact } from '../money.js';
import type { EnvelopeDimension, RequestKind } from './kind.js';
import { placesOf, valueAtPlace, without } from './pointer.js';
import { moneyOf, relevantContent } from './reading.js';
import { fieldType, schemaAt } from './schema.js';

/** A document as envelopes are held against it (AE-ENV-1). */
export interface DocumentMeasures {
  /** values that may move, each under its own place: `/items/0/amount`; decimals plain, sets of texts */
  values: Readonly<Record<string, Measure>>;
  /** in which direction each of them may move and still be covered */
  open: readonly DimensionSpec[];
  /**
   * everything else an approval is about, which stays the same to the letter: currencies, and which values there are to
   * move, so that none appears unseen
   */
  rest: JsonObject;
}

const DIRECTIONS: Readonly<Record<Exclude<EnvelopeDimension['direction'], 'EQUAL'>, Direction>> = {
  LOWER: 'AT_MOST',
  HIGHER: 'AT_LEAST',
  SUBSET: 'WITHIN',
};

/**
 * What the kind's envelope lets move in a document, place by place: an amount of a list cannot rise because another one
 * falls. A field that is not filled in is open in no direction, and so is everything EQUAL.
 */
export function documentMeasures(kind: RequestKind, document: JsonObject): DocumentMeasures {
  const { schema, envelope } = kind.content;
  const moving = envelope.flatMap(({ field, direction }) => {
    if (direction === 'EQUAL') return [];
    const declared = schemaAt(schema, field);
    const isMoney = declared !== null && fieldType(declared, schema) === 'money';
    return placesOf(document, field).map((place) => ({
      place,
      direction: DIRECTIONS[direction],
      moves: isMoney ? `${field}/amount` : field,
    }));
  });
  const measured = moving.flatMap((one) => {
    const value = measureOf(valueAtPlace(document, one.place));
    return value === null ? [] : [{ ...one, value }];
  });
  const moves = measured.map((one) => one.moves);
  return {
    values: Object.fromEntries(measured.map(({ place, value }) => [place, value])),
    open: measured.map(({ place, direction }) => ({ name: place, direction })),
    rest: {
      ...relevantContent(kind, without(document, moves)),
      moving: measured.map(({ place }) => place).sort(),
    },
  };
}

function measureOf(value: Json): Measure | null {
  const money = moneyOf(value);
  if (money) return new Exact(money.amount).toFixed();
  if (typeof value === 'number') return new Exact(value).toFixed();
  if (typeof value === 'string') return value === '' ? null : plainDecimal(value);
  return Array.isArray(value) ? [...new Set(value.map(String))].sort() : null;
}

function plainDecimal(value: string): string {
  return /^-?\d+(\.\d+)?$/.test(value) ? new Exact(value).toFixed() : value;
}
