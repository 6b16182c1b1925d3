import { ValidateBy, type ValidationOptions } from 'class-validator';

const MAX_FACTS = 50;
const MAX_ITEMS = 100;
const NAME = /^[A-Za-z]\w{0,59}$/;

/** A flat record of texts, truth values and lists of texts: what a decision table may be asked about. */
export function IsFacts(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isFacts',
      validator: {
        validate: (value: unknown) => isFacts(value),
        defaultMessage: () =>
          `facts are at most ${MAX_FACTS} names with a text, true or false, or a list of texts; numbers as decimal strings`,
      },
    },
    options,
  );
}

function isFacts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_FACTS && entries.every(([name, fact]) => NAME.test(name) && isFact(fact));
}

function isFact(value: unknown): boolean {
  if (typeof value === 'boolean' || isText(value)) return true;
  return Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 2_000;
}
