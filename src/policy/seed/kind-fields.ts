import type { Json, JsonObject } from '../../domain/json.js';
import type { Words } from '../../domain/request-kind/kind.js';

type Extra = Readonly<Record<string, Json>>;

export function words(en: string, zh: string): Words {
  return { en, zh };
}

/** A field with its name in both languages. */
function field(titles: Words, schema: Extra): JsonObject {
  return { ...schema, 'x-titles': { ...titles } };
}

export const text = (en: string, zh: string, extra: Extra = {}): JsonObject =>
  field(words(en, zh), { type: 'string', minLength: 1, maxLength: 200, ...extra });

export const longText = (en: string, zh: string): JsonObject =>
  text(en, zh, { maxLength: 4000, 'x-widget': 'long-text' });

export const date = (en: string, zh: string): JsonObject =>
  field(words(en, zh), { type: 'string', format: 'date' });

export const percent = (en: string, zh: string): JsonObject =>
  field(words(en, zh), {
    type: 'string',
    format: 'decimal',
    pattern: '^[0-9]{1,2}(\\.[0-9]{1,4})?$',
    maxLength: 8,
  });

export const count = (en: string, zh: string, maximum: number): JsonObject =>
  field(words(en, zh), { type: 'integer', minimum: 1, maximum });

export const yesNo = (en: string, zh: string): JsonObject => field(words(en, zh), { type: 'boolean' });

export const money = (en: string, zh: string): JsonObject =>
  field(words(en, zh), {
    type: 'object',
    additionalProperties: false,
    required: ['amount', 'currency'],
    properties: {
      amount: text('Amount', '金额', { format: 'decimal', maxLength: 20 }),
      currency: text('Currency', '币种', { format: 'currency', maxLength: 3 }),
    },
  });

/** One of several values, each with its words. */
export const oneOf = (en: string, zh: string, values: Readonly<Record<string, Words>>): JsonObject =>
  field(words(en, zh), {
    type: 'string',
    enum: Object.keys(values),
    'x-enum-titles': Object.fromEntries(Object.entries(values).map(([key, titles]) => [key, { ...titles }])),
  });

export const list = (titles: Words, maxItems: number, items: JsonObject): JsonObject =>
  field(titles, { type: 'array', minItems: 1, maxItems, items });

export const record = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
