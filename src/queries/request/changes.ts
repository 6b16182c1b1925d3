import type { Json, JsonObject } from '../../domain/json.js';

export interface ChangeRow {
  path: string;
  label: string;
  before: string | null;
  after: string | null;
  direction: 'BETTER' | 'WORSE' | 'NEUTRAL';
}

/** For the seller's side: +1 more is better, -1 more is worse (approvals.md AE-ENV-1). Other values have no direction. */
const MORE_IS: Readonly<Record<string, 1 | -1>> = {
  discountPct: -1,
  dealDiscountPct: -1,
  termDays: -1,
  financingCost: -1,
  warrantyMonths: -1,
  exposure: -1,
  marginPct: 1,
  unitNet: 1,
};
const NUMBER = /^-?\d+(\.\d+)?$/;
const KEYS = ['key', 'sku', 'productId', 'id', 'no'];

/** What differs between two versions of a document, leaf by leaf. List items are matched by their own key, not by place. */
export function changesBetween(
  before: JsonObject,
  after: JsonObject,
  labels: Readonly<Record<string, string>>,
): ChangeRow[] {
  const was = leaves(before);
  const is = leaves(after);
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths.flatMap((path) => {
    const [old, now] = [was.get(path) ?? null, is.get(path) ?? null];
    if (old === now) return [];
    const name = path.slice(path.lastIndexOf('/') + 1);
    return {
      path,
      label: labels[name] ?? name,
      before: old,
      after: now,
      direction: directionOf(name, old, now),
    };
  });
}

function leaves(value: Json, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === null) return found;
  if (typeof value !== 'object') {
    found.set(path, String(value));
  } else if (!Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value as JsonObject)) leaves(inner, `${path}/${name}`, found);
  } else if (value.every((item) => typeof item !== 'object')) {
    if (value.length > 0) found.set(path, value.join(', '));
  } else {
    const key = keyOf(value);
    value.forEach((item, index) =>
      leaves(item, `${path}/${key ? text((item as JsonObject)[key]) : index + 1}`, found),
    );
  }
  return found;
}

/** The member that names each item of a list once. */
function keyOf(items: readonly Json[]): string | undefined {
  return KEYS.find((key) => {
    const values = items.map((item) =>
      typeof item === 'object' && item !== null ? text((item as JsonObject)[key]) : '',
    );
    return values.every((value) => value !== '') && new Set(values).size === values.length;
  });
}

function text(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function directionOf(name: string, before: string | null, after: string | null): ChangeRow['direction'] {
  const sign = Object.hasOwn(MORE_IS, name) ? MORE_IS[name] : undefined;
  if (!sign || !before || !after || !NUMBER.test(before) || !NUMBER.test(after)) return 'NEUTRAL';
  return isLess(before, after) === sign > 0 ? 'BETTER' : 'WORSE';
}

/** Compares plain decimals exactly, as text: an amount never becomes a floating number. */
function isLess(a: string, b: string): boolean {
  const [x, y] = [scaled(a, b), scaled(b, a)];
  return x < y;
}

function scaled(value: string, other: string): bigint {
  const decimals = Math.max(...[value, other].map((v) => (v.split('.')[1] ?? '').length));
  const [whole, fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
}
