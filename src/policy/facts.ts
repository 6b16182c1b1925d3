import type { PolicyInput } from '../domain/approval/policy.js';
import { DomainError, type FieldError } from '../domain/errors.js';

export type Fact = string | boolean | readonly string[];
export type Facts = Readonly<Record<string, Fact>>;

/** What the engine's decimals hold without rounding. */
const DECIMAL = /^-?\d{1,18}(\.\d{1,8})?$/;
const MAX_TEXT = 2_000;
const MAX_ITEMS = 500;

/**
 * The facts a table may see: exactly its declared inputs, each of the declared type. A missing or mistyped fact would
 * make the engine "not match" in silence, so it is refused here.
 * @throws DomainError POLICY_ERROR with one field per bad fact
 */
export function checkFacts(inputs: readonly PolicyInput[], facts: Facts): Facts {
  const problems: FieldError[] = [];
  const checked: Record<string, Fact> = {};
  for (const { name, type } of inputs) {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    const rule = value === undefined ? 'the policy needs this fact' : typeProblem(type, value);
    if (rule)
      problems.push({
        pointer: `/facts/${name}`,
        code: value === undefined ? 'MISSING' : 'WRONG_TYPE',
        rule,
      });
    else if (value !== undefined) checked[name] = value;
  }
  if (problems.length > 0) throw new DomainError('POLICY_ERROR', { reason: 'facts' }, problems);
  return checked;
}

function typeProblem(type: PolicyInput['type'], value: Fact): string | null {
  switch (type) {
    case 'decimal':
      return typeof value === 'string' && DECIMAL.test(value)
        ? null
        : 'decimal string, at most 18 digits and 8 decimals';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'string':
      return typeof value === 'string' && value.length <= MAX_TEXT
        ? null
        : `text of at most ${MAX_TEXT} characters`;
    case 'strings':
      return isStrings(value) ? null : `list of at most ${MAX_ITEMS} texts`;
  }
}

function isStrings(value: Fact): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return false;
  return (
    value.length <= MAX_ITEMS && value.every((item) => typeof item === 'string' && item.length <= MAX_TEXT)
  );
}

/** A fact in words, for the reason a person reads. */
export function factText(value: Fact): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : value.join(', ');
}
