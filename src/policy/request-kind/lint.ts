import type { PolicyInput } from '../../domain/approval/policy.js';
import type { JsonObject } from '../../domain/json.js';
import type { FactSource, RequestKindContent } from '../../domain/request-kind/kind.js';
import { isRecord, isWithin } from '../../domain/request-kind/pointer.js';
import {
  fieldsOfType,
  fieldTitles,
  fieldType,
  resolved,
  schemaAt,
  type FieldType,
} from '../../domain/request-kind/schema.js';
import { policyProblems, type PolicyProblem, type TableProblem } from '../problem.js';
import { accessProblems } from './lint-access.js';
import { schemaProblems } from './lint-schema.js';
import { isKindContent, malformedMembers } from './shape.js';

/** The policy in force that a kind names; null: none is. */
export type RoutingPolicy = { inputs: readonly PolicyInput[]; stageKeys: readonly string[] } | null;

const FITS: Readonly<Record<PolicyInput['type'], readonly FieldType[]>> = {
  decimal: ['money', 'decimal', 'integer'],
  boolean: ['boolean'],
  string: ['text', 'person'],
  strings: ['texts', 'text', 'people', 'person'],
};
const DIRECTED: readonly FieldType[] = ['money', 'decimal', 'integer', 'number'];

/** Everything wrong with a kind before anybody starts a request of it. Errors first; with one it is not put in force. */
export function lintKind(content: unknown, policy: RoutingPolicy): PolicyProblem[] {
  if (!isKindContent(content))
    return policyProblems(
      malformedMembers(content).map((at) => ({
        at,
        code: 'MALFORMED',
        message: `${at} is missing or has the wrong form`,
      })),
    );
  const inSchema = schemaProblems(content.schema);
  if (inSchema.length > 0) return policyProblems(inSchema);
  return policyProblems([
    ...fieldProblems(content.schema, ''),
    ...relevantProblems(content),
    ...content.facts.flatMap((source, index) => factProblems(content, source, index)),
    ...moneyProblems(content),
    ...titleProblems(content),
    ...envelopeProblems(content),
    ...beneficiaryProblems(content),
    ...accessProblems(content, policy?.stageKeys ?? null),
    ...routingProblems(content, policy),
  ]);
}

/** Every field has one type and a name in both languages. */
function fieldProblems(root: JsonObject, above: string): TableProblem[] {
  const schema = above === '' ? root : schemaAt(root, above);
  const properties = schema?.['properties'];
  if (!isRecord(properties)) return [];
  return Object.keys(properties).flatMap((name) => {
    const at = `${above}/${name}`;
    const field = resolved(properties[name], root);
    const type = field && fieldType(field, root);
    if (!type)
      return [
        {
          at,
          code: 'FIELD_TYPE',
          message: 'a field has one type; several files are a list of objects with one each',
        },
      ];
    const inner =
      type === 'object' ? fieldProblems(root, at) : type === 'list' ? fieldProblems(root, `${at}/*`) : [];
    const { zh } = fieldTitles(root, at);
    const unnamed =
      zh === name
        ? [{ at, code: 'NO_TITLES', message: 'no x-titles {zh, en}', severity: 'WARNING' as const }]
        : [];
    return [...unnamed, ...inner];
  });
}

function relevantProblems(content: RequestKindContent): TableProblem[] {
  if (content.relevant.length === 0)
    return [{ at: 'relevant', code: 'NOTHING_RELEVANT', message: 'an approval is about at least one field' }];
  return [...content.relevant, ...(content.subject === null ? [] : [content.subject])].flatMap((field) =>
    unknownField(content, field, `relevant${field}`),
  );
}

function factProblems(content: RequestKindContent, source: FactSource, index: number): TableProblem[] {
  const at = `facts/${source.name}`;
  const found: TableProblem[] = [];
  if (content.facts.findIndex(({ name }) => name === source.name) !== index)
    found.push({ at, code: 'DUPLICATE', message: 'a fact of this name is there already' });
  if ('value' in source) return found;
  const field = 'from' in source ? source.from : source.count;
  const schema = schemaAt(content.schema, field);
  if (!schema) return [...found, ...unknownField(content, field, at)];
  if (!isRelevant(content, field))
    found.push({
      at,
      code: 'FACT_NOT_RELEVANT',
      message: `${field} decides who approves, so it must be relevant`,
    });
  const type = fieldType(schema, content.schema);
  const fits =
    'count' in source
      ? type === 'list' || type === 'texts'
      : type !== null && FITS[source.type].includes(type);
  if (!fits)
    found.push({ at, code: 'FACT_TYPE', message: `${field} is ${type ?? 'nothing'}, not ${source.type}` });
  return found;
}

function moneyProblems(content: RequestKindContent): TableProblem[] {
  const { exposure, schema } = content;
  if (exposure === null) return [];
  const field = schemaAt(schema, exposure);
  if (!field) return unknownField(content, exposure, 'exposure');
  const isMoney = fieldType(field, schema) === 'money';
  return [
    ...(isMoney
      ? []
      : [{ at: 'exposure', code: 'NOT_MONEY', message: `${exposure} has no amount and currency` }]),
    ...(isRelevant(content, exposure)
      ? []
      : [{ at: 'exposure', code: 'EXPOSURE_NOT_RELEVANT', message: 'the amount approved must be relevant' }]),
  ];
}

/** A title is text: an id in it would say nothing to anybody. */
function titleProblems(content: RequestKindContent): TableProblem[] {
  const ids = fieldsOfType(content.schema, ['person', 'people', 'attachment']);
  return [...content.title.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => [
    ...unknownField(content, `/${name}`, 'title'),
    ...(ids.includes(`/${name}`)
      ? [{ at: 'title', code: 'TITLE_OF_ID', message: `${name} is no text: it names a person or a file` }]
      : []),
  ]);
}

/** AE-SOD-1: whom it is for is a person, and part of what is approved. */
function beneficiaryProblems(content: RequestKindContent): TableProblem[] {
  return (content.beneficiaries ?? []).flatMap((field): TableProblem[] => {
    const at = `beneficiaries${field}`;
    const schema = schemaAt(content.schema, field);
    if (!schema) return unknownField(content, field, at);
    const type = fieldType(schema, content.schema);
    return [
      ...(type === 'person' || type === 'people'
        ? []
        : [{ at, code: 'NO_PERSON', message: `${field} names nobody: it has no format person` }]),
      ...(isRelevant(content, field)
        ? []
        : [
            {
              at,
              code: 'BENEFICIARY_NOT_RELEVANT',
              message: `${field} bars approvers, so it must be relevant`,
            },
          ]),
    ];
  });
}

function envelopeProblems(content: RequestKindContent): TableProblem[] {
  return content.envelope.flatMap(({ field, direction }): TableProblem[] => {
    const at = `envelope${field}`;
    const schema = schemaAt(content.schema, field);
    if (!schema) return unknownField(content, field, at);
    const type = fieldType(schema, content.schema);
    const fits =
      direction === 'EQUAL' ||
      (direction === 'SUBSET' ? type === 'texts' : type !== null && DIRECTED.includes(type));
    return [
      ...(fits
        ? []
        : [{ at, code: 'ENVELOPE_TYPE', message: `${direction} does not go with ${type ?? 'this field'}` }]),
      ...(isRelevant(content, field)
        ? []
        : [{ at, code: 'ENVELOPE_NOT_RELEVANT', message: `${field} is not relevant` }]),
    ];
  });
}

/** The table gets exactly its inputs from the kind, each of its type. */
function routingProblems(content: RequestKindContent, policy: RoutingPolicy): TableProblem[] {
  const at = 'policyKind';
  if (!policy)
    return [
      {
        at,
        code: 'NO_POLICY',
        message: `no policy ${content.policyKind} is in force yet`,
        severity: 'WARNING',
      },
    ];
  const unused = content.facts.filter(({ name }) => !policy.inputs.some((input) => input.name === name));
  return [
    ...policy.inputs.flatMap((input) => inputProblems(content, input)),
    ...unused.map(({ name }) => ({
      at: `facts/${name}`,
      code: 'FACT_UNUSED',
      message: `${content.policyKind} does not ask for ${name}`,
      severity: 'WARNING' as const,
    })),
  ];
}

function inputProblems({ facts, policyKind }: RequestKindContent, input: PolicyInput): TableProblem[] {
  const source = facts.find(({ name }) => name === input.name);
  const at = `facts/${input.name}`;
  if (!source)
    return [
      {
        at,
        code: 'FACT_MISSING',
        message: `${policyKind} asks for ${input.name}, which the kind does not give`,
      },
    ];
  if (source.type !== input.type)
    return [{ at, code: 'FACT_TYPE', message: `${policyKind} wants ${input.name} as ${input.type}` }];
  const isUnknownText =
    'value' in source &&
    typeof source.value === 'string' &&
    input.values &&
    !input.values.includes(source.value);
  return isUnknownText
    ? [{ at, code: 'FACT_VALUE', message: `${input.name} is one of ${input.values!.join(', ')}` }]
    : [];
}

function isRelevant({ relevant }: RequestKindContent, field: string): boolean {
  return relevant.some((one) => isWithin(field, one));
}

function unknownField({ schema }: RequestKindContent, field: string, at: string): TableProblem[] {
  return schemaAt(schema, field)
    ? []
    : [{ at, code: 'UNKNOWN_FIELD', message: `the schema has no field ${field}` }];
}
