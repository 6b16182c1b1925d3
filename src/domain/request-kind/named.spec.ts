import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../json.js';
import { beneficiariesOf, filesApproved, filesNamed, peopleNamed } from './named.js';
import type { RequestKindContent } from './kind.js';
import { fieldsOfType } from './schema.js';

const person = { type: 'string', format: 'person' };
const file = { type: 'string', format: 'attachment' };
const SCHEMA: JsonObject = {
  type: 'object',
  additionalProperties: false,
  $defs: { receipt: file },
  properties: {
    purpose: { type: 'string' },
    approver: person,
    guests: { type: 'array', maxItems: 5, items: person },
    contract: file,
    trip: { type: 'object', additionalProperties: false, properties: { driver: person } },
    items: {
      type: 'array',
      maxItems: 9,
      items: {
        type: 'object',
        additionalProperties: false,
        properties: { payee: person, receipt: { $ref: '#/$defs/receipt' } },
      },
    },
  },
};
const DOCUMENT: JsonObject = {
  purpose: 'p-0',
  approver: 'p-1',
  guests: ['p-2', 'p-1'],
  contract: 'f-1',
  trip: { driver: 'p-3' },
  items: [{ payee: 'p-4', receipt: 'f-2' }, { receipt: 'f-2' }] as JsonObject[],
};
const KIND = { schema: SCHEMA, relevant: ['/items', '/approver'] } as unknown as RequestKindContent;

describe('what a document names', () => {
  it('fields of people and files are found in groups and lists, by their format', () => {
    expect(fieldsOfType(SCHEMA, ['person', 'people'])).toEqual([
      '/approver',
      '/guests',
      '/trip/driver',
      '/items/*/payee',
    ]);
    expect(fieldsOfType(SCHEMA, ['attachment'])).toEqual(['/contract', '/items/*/receipt']);
  });

  it('each at its own place', () => {
    expect(peopleNamed(SCHEMA, DOCUMENT).map(({ place, id }) => `${place} ${id}`)).toEqual([
      '/approver p-1',
      '/guests/0 p-2',
      '/guests/1 p-1',
      '/trip/driver p-3',
      '/items/0/payee p-4',
    ]);
    expect(filesNamed(SCHEMA, DOCUMENT).map(({ place, id }) => `${place} ${id}`)).toEqual([
      '/contract f-1',
      '/items/0/receipt f-2',
      '/items/1/receipt f-2',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['nothing', {}],
    ['an empty text', { approver: '', contract: null }],
    ['something of another type', { approver: 7, guests: [1, {}], contract: { id: 'f-1' } }],
  ])('%s names nobody', (_, document) => {
    expect([...peopleNamed(SCHEMA, document), ...filesNamed(SCHEMA, document)]).toEqual([]);
  });

  it('AE-SUB-1 an approval is about the files of its relevant fields, each once', () => {
    expect(filesApproved(KIND, DOCUMENT)).toEqual(['f-2']);
  });

  it('AE-SOD-1 beneficiaries are those the kind says so of, each once', () => {
    const kind = { ...KIND, beneficiaries: ['/guests', '/approver', '/items/*/payee'] };
    expect(beneficiariesOf(kind, DOCUMENT)).toEqual(['p-1', 'p-2', 'p-4']);
    expect(beneficiariesOf(KIND, DOCUMENT)).toEqual([]);
  });
});
