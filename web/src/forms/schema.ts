/** The part of JSON Schema that request kinds use (draft 2020-12, closed, no remote references). */
export type Schema = Readonly<Record<string, unknown>>;
export type Values = Readonly<Record<string, unknown>>;
export type FieldKind =
  | 'money'
  | 'decimal'
  | 'integer'
  | 'date'
  | 'choice'
  | 'boolean'
  | 'longText'
  | 'text'
  | 'texts'
  | 'person'
  | 'people'
  | 'attachment'
  | 'table'
  | 'group';

export function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A subschema with a local `$ref` followed. */
export function resolved(schema: unknown, root: Schema): Schema {
  if (!isRecord(schema)) return {};
  const ref = schema['$ref'];
  const defs = root['$defs'];
  if (typeof ref !== 'string' || !isRecord(defs)) return schema;
  const target = defs[ref.replace('#/$defs/', '')];
  return isRecord(target) ? { ...target, ...schema } : schema;
}

/** The fields of an object, in the order the schema names them. */
export function fieldsOf(schema: Schema, root: Schema): { name: string; field: Schema; required: boolean }[] {
  const { properties, required } = schema;
  if (!isRecord(properties)) return [];
  return Object.entries(properties).map(([name, field]) => ({
    name,
    field: resolved(field, root),
    required: Array.isArray(required) && required.includes(name),
  }));
}

const FORMATS = ['date', 'decimal', 'person', 'attachment'] as const;

export function kindOf(schema: Schema, root: Schema): FieldKind {
  switch (schema['type']) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'integer';
    case 'object':
      return isMoney(schema) ? 'money' : 'group';
    case 'array':
      return listKind(resolved(schema['items'], root));
    default:
      return textKind(schema);
  }
}

function listKind(items: Schema): FieldKind {
  if (items['type'] === 'object') return 'table';
  return items['format'] === 'person' ? 'people' : 'texts';
}

function textKind(schema: Schema): FieldKind {
  if (Array.isArray(schema['enum'])) return 'choice';
  const format = FORMATS.find((one) => one === schema['format']);
  if (format) return format;
  return schema['x-widget'] === 'long-text' ? 'longText' : 'text';
}

function isMoney({ properties }: Schema): boolean {
  return isRecord(properties) && Object.keys(properties).sort().join() === 'amount,currency';
}

/** Words in the reader's language: `x-titles`, else `title`, else the name. */
export function titleOf(schema: Schema, name: string, language: string): string {
  const titles = schema['x-titles'];
  const word = isRecord(titles) ? titles[language === 'en' ? 'en' : 'zh'] : schema['title'];
  return typeof word === 'string' ? word : name;
}

export function choiceTitle(schema: Schema, value: string, language: string): string {
  const all = schema['x-enum-titles'];
  const titles = isRecord(all) ? all[value] : undefined;
  const word = isRecord(titles) ? titles[language === 'en' ? 'en' : 'zh'] : undefined;
  return typeof word === 'string' ? word : value;
}

export function hintOf(schema: Schema, language: string): string | undefined {
  const hint = schema['x-hint'];
  const word = isRecord(hint) ? hint[language === 'en' ? 'en' : 'zh'] : undefined;
  return typeof word === 'string' ? word : undefined;
}

/** The record with one member set; what is left empty is left out, so that "required" means what people think it means. */
export function withMember(value: Values, name: string, member: unknown): Values {
  const { [name]: _before, ...rest } = value;
  return member === undefined ? rest : { ...value, [name]: member };
}

/** Whether a kind lets the initiator fill in a field; others do that later. */
export function isOwn(access: unknown, pointer: string): boolean {
  const initiator = isRecord(access) ? access['INITIATOR'] : undefined;
  return !isRecord(initiator) || initiator[pointer] !== 'READ';
}

/** Fields that must be filled in and are not, lines and groups included; what else is wrong, the server says. */
export function missingFields(schema: Schema, root: Schema, value: Values, at = ''): string[] {
  return fieldsOf(schema, root).flatMap(({ name, field, required }) => {
    const pointer = `${at}/${name}`;
    const member = value[name];
    if (member === undefined) return required ? [pointer] : [];
    const kind = kindOf(field, root);
    if (kind === 'group' && isRecord(member)) return missingFields(field, root, member, pointer);
    if (kind !== 'table' || !Array.isArray(member)) return [];
    const items = resolved(field['items'], root);
    return member
      .filter(isRecord)
      .flatMap((row, index) => missingFields(items, root, row, `${pointer}/${index}`));
  });
}

/** The schema of a field by its pointer; one that is not there is empty. */
export function fieldAt(schema: Schema, pointer: string): Schema {
  return pointer
    .slice(1)
    .split('/')
    .reduce<Schema>((at, name) => fieldsOf(at, schema).find((one) => one.name === name)?.field ?? {}, schema);
}

export function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split('/')
    .reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), document);
}

/** The document with one field set; `undefined` takes it out. */
export function withValueAt(document: Values, pointer: string, value: unknown): Values {
  const [name = '', ...rest] = pointer.slice(1).split('/');
  if (rest.length === 0) return withMember(document, name, value);
  const inner = document[name];
  return withMember(document, name, withValueAt(isRecord(inner) ? inner : {}, `/${rest.join('/')}`, value));
}
