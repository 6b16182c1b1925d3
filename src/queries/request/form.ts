import type { StoredRequest } from '../../db/approval-state.js';
import type { Reader } from '../../db/prepared.js';
import { openStageKeys } from '../../domain/approval/seats.js';
import type { JsonObject } from '../../domain/json.js';
import {
  hiddenFields,
  writableFields,
  type Reader as FieldReader,
} from '../../domain/request-kind/access.js';
import { policyOfRequestKind, type RequestKindContent, type Words } from '../../domain/request-kind/kind.js';
import { isRecord, isWithin, placesOf, without } from '../../domain/request-kind/pointer.js';
import { fieldTitles, schemaWithout } from '../../domain/request-kind/schema.js';
import { unsealed } from '../audit/unseal.js';
import type { Viewer } from '../org/scope.js';
import { namedBy, namedIn, wordsIn, type Named } from '../request-kind/named.js';
import { changesBetween, type ChangeRow } from './changes.js';
import { pathTitle } from './form-words.js';
import type { NameOf, PersonRef } from './person-ref.js';

/** What a field held before somebody filled it in, and since. */
export interface FillView {
  at: string;
  by: PersonRef | null;
  field: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** What a request page knows of the kind: names for the document's fields, and what the viewer may fill in (row 34). */
export interface FormView {
  formId: string;
  kind: { key: string; version: number; titles: Words };
  schema: JsonObject;
  writable: string[];
  fills: FillView[];
  named: Named;
}

interface Row {
  formId: string;
  key: string;
  version: number;
  document: JsonObject;
  stageKey: string | null;
  /** versions of the kind its rounds are bound to */
  pinned: number[];
}
interface Fill {
  at: string;
  actor: string;
  changes: { field: string; before: unknown; after: unknown }[];
}

/** A request's document of a kind as one viewer may see it; every other kind of request has none. */
export interface ShownForm {
  /** the round's relevant fields and what has been filled in beside them; of what is approved, all as it is now (AE-ENV-3) */
  document(round: JsonObject): JsonObject;
  changes(before: JsonObject, after: JsonObject): ChangeRow[];
  view(round: JsonObject, nameOf: NameOf): FormView;
  /** names for what its envelope lets move, place by place (AE-ENV-1) */
  labels(round: JsonObject): { name: string; label: string; type: 'string' }[];
  /** people its history names */
  people: readonly string[];
}

interface Asked {
  /** everything that is to be shown, so that the people and files in it have names */
  rounds: readonly JsonObject[];
  /** fields at the top of the document, for whoever only got a copy (AE-CC-1); null: all that is not hidden */
  permitted?: readonly string[] | null;
}

/** @returns null for requests of other kinds */
export async function shownForm(
  db: Reader,
  stored: StoredRequest,
  viewer: Viewer,
  { rounds, permitted = null }: Asked,
): Promise<ShownForm | null> {
  const row = await formRow(db, stored);
  if (!row) return null;
  const contents = await contentsOf(db, row.key, [row.version, ...row.pinned]);
  const reader = readerOf(stored, row, viewer);
  const contentOf = (version: number) => contents.get(version)!;
  const current = contentOf(row.version);
  const hiddenIn = (content: RequestKindContent) => [
    ...hiddenFields(content, reader),
    ...withheld(content, permitted),
  ];
  const hiddenNow = hiddenIn(current);
  const fills = await fillsOf(db, row.formId);
  const pinned = (round: JsonObject) => {
    const { kind, document } = round as { kind: { version: number }; document: JsonObject };
    const content = contentOf(kind.version);
    return { version: kind.version, content, hidden: hiddenIn(content), document };
  };
  const shown = (round: JsonObject) => {
    const { hidden, document } = pinned(round);
    return without(document, hidden);
  };
  const documentIn = (round: JsonObject) => {
    const { hidden } = pinned(round);
    if (stored.state.state === 'APPROVED') return without(row.document, [...hiddenNow, ...hidden]);
    const beside = without(row.document, [...current.relevant, ...hiddenNow, ...hidden]);
    return { ...beside, ...shown(round) };
  };
  const all = [...rounds.map(pinned), { content: current, document: row.document }];
  const named = await namedIn(
    db,
    row.formId,
    all.map(({ content: { schema }, document }) => ({ schema, document })),
  );
  const wordOf = wordsIn(named);
  return {
    document: documentIn,
    changes(before, after) {
      const { content } = pinned(after);
      return changesBetween(shown(before), shown(after), {}).map((change) => ({
        ...change,
        before: wordOf(change.before),
        after: wordOf(change.after),
        label: pathTitle(content.schema, change.path),
        direction: directionIn(content, change),
      }));
    },
    view(round, nameOf) {
      const { version, content, hidden } = pinned(round);
      const unseen = [...new Set([...hidden, ...hiddenNow])];
      return {
        formId: row.formId,
        kind: { key: row.key, version, titles: content.titles },
        schema: schemaWithout(content.schema, unseen),
        writable: fillingStages(stored, viewer).flatMap((key) => writableFields(current, key)),
        fills: fills
          .flatMap((fill) => fillViews(fill, current, unseen, nameOf))
          .map((fill) => ({
            ...fill,
            before: wordOf(fill.before),
            after: wordOf(fill.after),
          })),
        named: namedBy(named, content.schema, documentIn(round)),
      };
    },
    labels(round) {
      const { content, document } = pinned(round);
      const places = content.envelope.flatMap(({ field }) => placesOf(document, field));
      return places.map((name) => ({ name, label: pathTitle(content.schema, name), type: 'string' }));
    },
    people: fills.map(({ actor }) => actor),
  };
}

function withheld({ schema }: RequestKindContent, permitted: readonly string[] | null): string[] {
  const properties: unknown = schema['properties'];
  if (permitted === null || !isRecord(properties)) return [];
  return Object.keys(properties)
    .filter((name) => !permitted.includes(name))
    .map((name) => `/${name}`);
}

async function formRow(db: Reader, { kind, subjectId, state }: StoredRequest): Promise<Row | undefined> {
  if (kind !== 'GENERAL' && kind !== 'STAGE') return undefined;
  const [row] = await db.query<Row[]>(
    `SELECT g.id AS "formId", g.kind_key AS key, v.version, g.document, t.key AS "stageKey",
       ARRAY(SELECT (o.document->'kind'->>'version')::int FROM approval_round o WHERE o.request_id = $2) AS pinned
     FROM general_request g JOIN policy_version v ON v.id = g.kind_version_id
     LEFT JOIN approval_stage t ON t.id = $1
     LEFT JOIN approval_request p ON p.id = t.request_id AND p.kind = 'GENERAL'
     WHERE g.id = coalesce(p.subject_id, $1)`,
    [subjectId, state.id],
  );
  return row;
}

async function contentsOf(
  db: Reader,
  key: string,
  versions: readonly number[],
): Promise<Map<number, RequestKindContent>> {
  const rows = await db.query<{ version: number; content: RequestKindContent }[]>(
    `SELECT version, content FROM policy_version WHERE kind = $1 AND version = ANY($2::int[])`,
    [policyOfRequestKind(key), [...versions]],
  );
  return new Map(rows.map(({ version, content }) => [version, content]));
}

/** Whose eyes: the initiator's, a holder's of these stages, an administrator's or auditor's, or somebody else's. */
function readerOf(stored: StoredRequest, { stageKey }: Row, { personId, permissions }: Viewer): FieldReader {
  const { state, ownerId } = stored;
  if (personId === state.initiatorId || personId === ownerId) return { as: 'INITIATOR' };
  if (permissions['approval:admin'] !== undefined || permissions['audit:read'] !== undefined)
    return { as: 'ALL' };
  const own = state.seats.filter(
    (seat) =>
      seat.holderId === personId ||
      seat.ownerId === personId ||
      seat.pastHolderIds?.includes(personId) === true,
  );
  if (own.length === 0) return { as: 'OTHER' };
  const keyOf = (stageId: string) => state.stages.find(({ id }) => id === stageId)?.spec.key ?? '';
  const stageKeys = own.map(({ stageId }) => stageKey ?? keyOf(stageId));
  return { as: 'HOLDER', stageKeys: [...new Set(stageKeys)] };
}

/** Stages in which the viewer fills in fields now. A part of a request fills in nothing. */
function fillingStages({ kind, state }: StoredRequest, { personId }: Viewer): string[] {
  return kind === 'GENERAL' ? openStageKeys(state, personId) : [];
}

async function fillsOf(db: Reader, formId: string): Promise<Fill[]> {
  const fills = await db.query<Fill[]>(
    `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, actor, payload->'changes' AS changes
     FROM event WHERE aggregate_kind = 'form' AND aggregate_id = $1 AND type = 'form.filled' ORDER BY seq`,
    [formId],
  );
  return unsealed(db, fills);
}

function fillViews(
  { at, actor, changes }: Fill,
  { schema }: RequestKindContent,
  hidden: readonly string[],
  nameOf: NameOf,
): FillView[] {
  return changes
    .filter(({ field }) => !hidden.some((one) => isWithin(field, one) || isWithin(one, field)))
    .map(({ field, before, after }) => {
      const { en, zh } = fieldTitles(schema, field);
      const label = en === zh ? en : `${en} · ${zh}`;
      return { at, by: nameOf(actor), field, label, before: words(before), after: words(after) };
    });
}

function words(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (isRecord(value) && 'amount' in value) return `${String(value['amount'])} ${String(value['currency'])}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** AE-ENV-1: by the kind's own dimensions; the engine's names mean nothing in a document of a kind. */
function directionIn(
  { envelope }: RequestKindContent,
  { path, before, after }: ChangeRow,
): ChangeRow['direction'] {
  const field = path.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  const dimension = envelope.find((one) => isWithin(field, one.field));
  if (!dimension || (dimension.direction !== 'LOWER' && dimension.direction !== 'HIGHER')) return 'NEUTRAL';
  const grown = Number(after ?? 0) - Number(before ?? 0);
  if (!Number.isFinite(grown) || grown === 0) return 'NEUTRAL';
  return grown > 0 === (dimension.direction === 'HIGHER') ? 'BETTER' : 'WORSE';
}
