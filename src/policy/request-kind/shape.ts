import type {
  EnvelopeDimension,
  FactSource,
  FieldAccess,
  RequestKindContent,
  Words,
} from '../../domain/request-kind/kind.js';
import { isRecord } from '../../domain/request-kind/pointer.js';

type Shape = (value: unknown) => boolean;

const INPUT_TYPES = ['decimal', 'boolean', 'string', 'strings'];
const DIRECTIONS: readonly EnvelopeDimension['direction'][] = ['LOWER', 'HIGHER', 'SUBSET', 'EQUAL'];
const ACCESS: readonly FieldAccess[] = ['HIDDEN', 'READ', 'WRITE'];
const MAX_LIST = 200;
const MEMBERS: Readonly<Record<keyof RequestKindContent, Shape>> = {
  titles: isWords,
  description: (value) => value === undefined || isWords(value),
  title: (value) => isText(value, 300),
  numberPrefix: (value) => typeof value === 'string' && /^[A-Z]{1,6}$/.test(value),
  policyKind: (value) => typeof value === 'string' && /^approval\.[a-z]{1,40}$/.test(value),
  schema: isRecord,
  relevant: (value) => isListOf(value, (field) => isText(field, 300)),
  facts: (value) => isListOf(value, isFactSource),
  exposure: isOptionalField,
  subject: isOptionalField,
  undo: (value) => value === undefined || value === 'NONE',
  envelope: (value) => isListOf(value, isDimension),
  beneficiaries: (value) => value === undefined || isListOf(value, (field) => isText(field, 300)),
  access: (value) => isRecord(value) && Object.values(value).every(isAccessOfStage),
};

/** Names of the members that are missing, unknown or have the wrong form; [] when the content has the form of a kind. */
export function malformedMembers(value: unknown): string[] {
  if (!isRecord(value)) return ['content'];
  const known = Object.entries(MEMBERS).filter(([name, test]) => !test(value[name]));
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(MEMBERS, name));
  return [...known.map(([name]) => name), ...unknown];
}

/** Whether something that came from outside has the form of a kind; what it says is the linter's matter. */
export function isKindContent(value: unknown): value is RequestKindContent {
  return malformedMembers(value).length === 0;
}

function isFactSource(value: unknown): value is FactSource {
  if (!isRecord(value) || !/^[A-Za-z]\w{0,59}$/.test(String(value['name']))) return false;
  const { type, from, count, value: constant } = value;
  if (!INPUT_TYPES.includes(String(type))) return false;
  const given = [from, count, constant].filter((one) => one !== undefined);
  if (given.length !== 1) return false;
  if (from !== undefined) return isText(from, 300);
  if (count !== undefined) return isText(count, 300) && type === 'decimal';
  return isConstant(String(type), constant);
}

function isConstant(type: string, value: unknown): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'strings') return isListOf(value, (item) => isText(item, 200));
  return (
    typeof value === 'string' &&
    value.length <= 200 &&
    (type === 'string' || /^-?\d{1,15}(\.\d{1,4})?$/.test(value))
  );
}

function isDimension(value: unknown): boolean {
  return (
    isRecord(value) && isText(value['field'], 300) && DIRECTIONS.some((one) => one === value['direction'])
  );
}

function isAccessOfStage(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(
      ([field, access]) => isText(field, 300) && ACCESS.some((one) => one === access),
    )
  );
}

function isWords(value: unknown): value is Words {
  return isRecord(value) && isText(value['zh'], 300) && isText(value['en'], 300);
}

function isOptionalField(value: unknown): boolean {
  return value === null || isText(value, 300);
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most;
}

function isListOf(value: unknown, test: Shape): boolean {
  return Array.isArray(value) && value.length <= MAX_LIST && value.every(test);
}
