import { describe, expect, it } from '@jest/globals';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { JsonObject } from '../../domain/json.js';
import type { RequestKindContent } from '../../domain/request-kind/kind.js';
import { lintKind } from './lint.js';

const titled = (schema: JsonObject): JsonObject => ({ ...schema, 'x-titles': { zh: '名', en: 'Name' } });
const MONEY = titled({
  type: 'object',
  additionalProperties: false,
  properties: {
    amount: titled({ type: 'string', format: 'decimal' }),
    currency: titled({ type: 'string', format: 'currency' }),
  },
});
const SCHEMA: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['gift'],
  properties: {
    gift: titled({ type: 'string' }),
    price: MONEY,
    pieces: titled({ type: 'integer' }),
    store: titled({ type: 'string' }),
  },
};
const KIND: RequestKindContent = {
  titles: { zh: '门店赠品', en: 'Gift' },
  title: '{gift}',
  numberPrefix: 'GI',
  policyKind: 'approval.gift',
  schema: SCHEMA,
  relevant: ['/gift', '/price', '/pieces'],
  facts: [{ name: 'amount', type: 'decimal', from: '/price' }],
  exposure: '/price',
  subject: null,
  envelope: [],
  access: {},
};
const AMOUNT: PolicyInput = { name: 'amount', label: 'Amount', type: 'decimal' };
const POLICY = { inputs: [AMOUNT], stageKeys: ['TEAM_LEAD'] };
const found = (over: Partial<Record<keyof RequestKindContent, unknown>>, policy = POLICY) =>
  lintKind({ ...KIND, ...over }, policy).map(({ at, code, severity }) => `${severity} ${code} ${at}`);

describe('the linter of request kinds', () => {
  it('finds nothing wrong with a kind that its policy can judge', () => {
    expect(found({})).toEqual([]);
  });

  it('AE-SUB-2 lets an approver write what is approved: with their answer', () => {
    expect(found({ access: { TEAM_LEAD: { '/price': 'WRITE' } } })).toEqual([]);
  });

  it('says so when the policy asks for what the kind does not give, or in another form', () => {
    const category: PolicyInput = { name: 'category', label: 'Category', type: 'string', values: ['gift'] };
    const policy = { ...POLICY, inputs: [AMOUNT, category] };
    const constant = (value: string) => [...KIND.facts, { name: 'category', type: 'string', value }];
    expect(found({}, policy)).toEqual(['ERROR FACT_MISSING facts/category']);
    expect(found({ facts: constant('gift') }, policy)).toEqual([]);
    expect(found({ facts: constant('other') }, policy)).toEqual(['ERROR FACT_VALUE facts/category']);
    expect(found({ facts: [{ name: 'amount', type: 'string', from: '/gift' }] })).toEqual([
      'ERROR FACT_TYPE facts/amount',
    ]);
  });

  it('warns while no policy is in force, and of facts nobody asks for', () => {
    expect(lintKind(KIND, null).map(({ code, severity }) => [code, severity])).toEqual([
      ['NO_POLICY', 'WARNING'],
    ]);
    expect(found({ facts: [...KIND.facts, { name: 'pieces', type: 'decimal', from: '/pieces' }] })).toEqual([
      'WARNING FACT_UNUSED facts/pieces',
    ]);
  });

  it.each<[string, Partial<Record<keyof RequestKindContent, unknown>>, string]>([
    ['a missing member', { titles: undefined }, 'ERROR MALFORMED titles'],
    ['an unknown member', { workflow: 'x' } as object, 'ERROR MALFORMED workflow'],
    ['a prefix in small letters', { numberPrefix: 'gi' }, 'ERROR MALFORMED numberPrefix'],
    ['a policy of something else', { policyKind: 'pricing' }, 'ERROR MALFORMED policyKind'],
    [
      'a field that is not there',
      { relevant: [...KIND.relevant, '/colour'] },
      'ERROR UNKNOWN_FIELD relevant/colour',
    ],
    ['a title of a field that is not there', { title: '{colour}' }, 'ERROR UNKNOWN_FIELD title'],
    ['an exposure that is no money', { exposure: '/pieces' }, 'ERROR NOT_MONEY exposure'],
    [
      'AE-SUB-1 a fact the hash does not hold',
      { relevant: ['/gift', '/pieces'] },
      'ERROR FACT_NOT_RELEVANT facts/amount',
    ],
    [
      'a text as a decimal',
      { facts: [{ name: 'amount', type: 'decimal', from: '/gift' }] },
      'ERROR FACT_TYPE facts/amount',
    ],
    ['the same fact twice', { facts: [...KIND.facts, ...KIND.facts] }, 'ERROR DUPLICATE facts/amount'],
    [
      'AE-ENV-1 a direction for a text',
      { envelope: [{ field: '/gift', direction: 'LOWER' }] },
      'ERROR ENVELOPE_TYPE envelope/gift',
    ],
    [
      'a stage the policy has not',
      { access: { CEO: { '/store': 'WRITE' } } },
      'ERROR UNKNOWN_STAGE access/CEO',
    ],
    [
      'a hidden title',
      { access: { TEAM_LEAD: { '/gift': 'HIDDEN' } } },
      'ERROR SHOWN_IN_LISTS access/TEAM_LEAD/gift',
    ],
    [
      'a hidden amount',
      { access: { TEAM_LEAD: { '/price': 'HIDDEN' } } },
      'ERROR SHOWN_IN_LISTS access/TEAM_LEAD/price',
    ],
    [
      'AE-PLAN-4 a hidden field that reasons would tell of',
      {
        facts: [...KIND.facts, { name: 'pieces', type: 'decimal', from: '/pieces' }],
        access: { TEAM_LEAD: { '/pieces': 'HIDDEN' } },
      },
      'ERROR FACT_HIDDEN access/TEAM_LEAD/pieces',
    ],
    [
      'a field kept from who must fill it in',
      { access: { INITIATOR: { '/gift': 'READ' } } },
      'ERROR REQUIRED_KEPT access/INITIATOR/gift',
    ],
    [
      'a field hidden from who fills it in',
      { access: { INITIATOR: { '/store': 'HIDDEN' } } },
      'ERROR INITIATOR_SEES access/INITIATOR/store',
    ],
  ])('refuses %s', (_, over, expected) => {
    expect(found(over)).toContain(expected);
  });
});

describe('people and files in a kind', () => {
  const { properties } = SCHEMA as { properties: JsonObject };
  const schema: JsonObject = {
    ...SCHEMA,
    properties: {
      ...properties,
      payee: titled({ type: 'string', format: 'person' }),
      guests: titled({ type: 'array', maxItems: 3, items: { type: 'string', format: 'person' } }),
      contract: titled({ type: 'string', format: 'attachment' }),
    },
  };
  const relevant = [...KIND.relevant, '/payee', '/guests', '/contract'];
  const fact = (type: string, from: string) => [...KIND.facts, { name: 'who', type, from }];
  const inputs = [AMOUNT, { name: 'who', label: 'Who', type: 'string' } as PolicyInput];

  it('are known to the linter; a person is a fact for an approver from a form field', () => {
    expect(found({ schema, relevant, beneficiaries: ['/payee', '/guests'] })).toEqual([]);
    expect(found({ schema, relevant, facts: fact('string', '/payee') }, { ...POLICY, inputs })).toEqual([]);
  });

  it.each<[string, Partial<Record<keyof RequestKindContent, unknown>>, string]>([
    ['a file as a fact', { facts: fact('string', '/contract') }, 'ERROR FACT_TYPE facts/who'],
    ['several people as one', { facts: fact('string', '/guests') }, 'ERROR FACT_TYPE facts/who'],
    ['a person in the title', { title: '{gift} {payee}' }, 'ERROR TITLE_OF_ID title'],
    [
      'AE-SOD-1 a beneficiary that is no person',
      { beneficiaries: ['/store'] },
      'ERROR NO_PERSON beneficiaries/store',
    ],
    [
      'AE-SOD-1 an unknown beneficiary',
      { beneficiaries: ['/nobody'] },
      'ERROR UNKNOWN_FIELD beneficiaries/nobody',
    ],
    [
      'AE-SOD-1 a beneficiary the hash does not hold',
      { beneficiaries: ['/payee'], relevant: KIND.relevant },
      'ERROR BENEFICIARY_NOT_RELEVANT beneficiaries/payee',
    ],
    [
      'AE-SOD-1 a beneficiary that approvers write',
      { beneficiaries: ['/payee'], access: { TEAM_LEAD: { '/payee': 'WRITE' } } },
      'ERROR BENEFICIARY_WRITTEN access/TEAM_LEAD/payee',
    ],
    [
      'AE-SOD-1 a hidden beneficiary',
      { beneficiaries: ['/payee'], access: { TEAM_LEAD: { '/payee': 'HIDDEN' } } },
      'ERROR FACT_HIDDEN access/TEAM_LEAD/payee',
    ],
  ])('refuses %s', (_, over, expected) => {
    expect(found({ schema, relevant, ...over })).toContain(expected);
  });

  it('refuses a list of bare files', () => {
    const field = titled({ type: 'array', maxItems: 3, items: { type: 'string', format: 'attachment' } });
    expect(found({ schema: { ...SCHEMA, properties: { ...properties, extra: field } } })).toContain(
      'ERROR FIELD_TYPE /extra',
    );
  });
});

const withField = (field: JsonObject, over: JsonObject = {}): JsonObject => ({
  ...SCHEMA,
  properties: { ...(SCHEMA['properties'] as JsonObject), extra: titled(field) },
  ...over,
});

describe('the JSON Schema of a kind', () => {
  it.each<[string, JsonObject, string]>([
    ['another draft', { ...SCHEMA, $schema: 'http://json-schema.org/draft-07/schema#' }, 'SCHEMA_DRAFT'],
    ['a document that is no object', { type: 'array', maxItems: 3 }, 'SCHEMA_ROOT'],
    ['a remote $ref', withField({ $ref: 'https://example.com/schema.json' }), 'REMOTE_REF'],
    ['a $ref to the whole', withField({ $ref: '#' }), 'REMOTE_REF'],
    [
      'a definition that refers',
      withField({ $ref: '#/$defs/a' }, { $defs: { a: { $ref: '#/$defs/a' } } }),
      'NESTED_REF',
    ],
    ['a keyword of its own', withField({ type: 'string', 'x-run': 'rm' }), 'KEYWORD'],
    ['a dynamic reference', withField({ $dynamicRef: '#a' }), 'KEYWORD'],
    [
      'fields by pattern',
      withField({ type: 'object', additionalProperties: false, patternProperties: {} }),
      'KEYWORD',
    ],
    ['an open object', withField({ type: 'object' }), 'OPEN_OBJECT'],
    ['an endless list', withField({ type: 'array', items: { type: 'string' } }), 'ENDLESS_LIST'],
    ['a pattern without a length', withField({ type: 'string', pattern: '^a+$' }), 'PATTERN_LENGTH'],
    ['a back reference', withField({ type: 'string', pattern: '(a)\\1', maxLength: 9 }), 'PATTERN'],
    ['a lookahead', withField({ type: 'string', pattern: '(?=a)', maxLength: 9 }), 'PATTERN'],
    ['a pattern that is none', withField({ type: 'string', pattern: '(', maxLength: 9 }), 'PATTERN'],
    ['a format it does not know', withField({ type: 'string', format: 'regex' }), 'FORMAT'],
    ['a field without a type', withField({ enum: ['a'] }), 'FIELD_TYPE'],
    ['a rule of the wrong form', withField({ type: 'string', maxLength: -1 }), 'SCHEMA_FORM'],
    ['a field name with a slash', { ...SCHEMA, properties: { 'a/b': { type: 'string' } } }, 'FIELD_NAME'],
  ])('may not have %s', (_, schema, code) => {
    expect(lintKind({ ...KIND, schema }, POLICY).map((problem) => problem.code)).toContain(code);
  });

  it('has a size and a depth', () => {
    const huge = withField({ type: 'string', description: 'x'.repeat(70_000) });
    const deep = [...Array(20).keys()].reduce<JsonObject>(
      (inner) => ({ type: 'array', maxItems: 1, items: inner }),
      { type: 'string' },
    );
    expect(lintKind({ ...KIND, schema: huge }, POLICY).map(({ code }) => code)).toEqual(['SCHEMA_TOO_LARGE']);
    expect(lintKind({ ...KIND, schema: withField(deep) }, POLICY).map(({ code }) => code)).toEqual([
      'SCHEMA_TOO_DEEP',
    ]);
  });
});
