import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { DomainError, type FieldError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { Exact } from '../../domain/money.js';
import { patternOf } from '../../domain/quote/edits.js';
import { discountPct } from '../../domain/quote/pricing.js';
import { afterAct } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import { notWritable } from '../approval/not-writable.js';
import type { SubjectEdited } from '../approval/subject.js';
import { followDeal } from '../credit/reserve.js';
import { appendEvents, beginAggregate, transactionTime } from '../events.js';
import { tellProcess } from '../outbox.js';
import { priceDraft, type LineDraft, type PricedDraft, type QuoteDraft } from './draft.js';
import { pointer as invalid, refuse } from './draft-problems.js';
import { subjectOfDraft } from './quote-facts.js';
import { readDraft } from './read-draft.js';
import { insertQuote, lockQuote, moveApproved } from './store.js';

const MAX_DAYS = 3_650;

/** What approvers of a stage may change in a quotation, and what it holds. */
export async function editableInQuote(
  tx: EntityManager,
  quoteId: string,
  { writes = [] }: StageSpec,
): Promise<{ pointer: string; value: Json }[]> {
  if (writes.length === 0) return [];
  const { dealDiscountPct, termDays } = await readDraft(tx, quoteId);
  const lines = await tx.query<{ free: boolean; list: string; unitNet: string }[]>(
    `SELECT free, trim_scale(list)::text AS list, trim_scale(unit_net)::text AS "unitNet"
     FROM quote_line WHERE quote_id = $1 ORDER BY no`,
    [quoteId],
  );
  const all = [
    ...lines.flatMap(({ free, list, unitNet }, index) =>
      free
        ? []
        : [
            { pointer: `/lines/${index}/discountPct`, value: ownDiscount(list, unitNet) },
            { pointer: `/lines/${index}/unitNet`, value: unitNet },
          ],
    ),
    { pointer: '/dealDiscountPct', value: dealDiscountPct },
    { pointer: '/termDays', value: termDays },
  ];
  return all.filter(({ pointer }) => writes.includes(patternOf(pointer)));
}

/** What the line itself gives away: its share of the discount on the whole deal comes on top when it is priced. */
function ownDiscount(list: string, unitNet: string): string {
  return discountPct(new Exact(list), new Exact(unitNet));
}

/**
 * A quotation with an approver's changes, at the prices of now: the next version of it, so that the one that was submitted
 * stays as it is.
 */
export async function editedQuote(
  tx: EntityManager,
  quoteId: string,
  { writes = [] }: StageSpec,
  edits: JsonObject,
): Promise<SubjectEdited> {
  const barred = Object.keys(edits).filter((field) => !writes.includes(patternOf(field)));
  if (barred.length > 0) throw notWritable(barred);
  const draft = withEdits(await readDraft(tx, quoteId), edits);
  const now = await transactionTime(tx);
  const priced = await priceDraft(tx, draft, now).catch(belowEdits);
  const [row] = await tx.query<{ number: string; owner_id: string; unit_id: string; version: number }[]>(
    `SELECT number, owner_id, unit_id, (SELECT 1 + max(o.version) FROM quote o WHERE o.number = q.number) AS version
     FROM quote q WHERE id = $1`,
    [quoteId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  const { number, version, owner_id: ownerId, unit_id: unitId } = row;
  const next = { id: uuidv7(), number, version, ownerId, unitId };
  const subject = await subjectOfDraft(tx, priced, next, now);
  return { subject, store: (by) => supersede(tx, quoteId, { ...next, ...by }, priced) };
}

function withEdits(draft: QuoteDraft, edits: JsonObject): QuoteDraft {
  const problems: FieldError[] = [];
  const text = (field: string, value: Json | undefined): string => {
    if (typeof value === 'string') return value;
    problems.push(invalid(`/edits${field}`, 'a decimal number as text'));
    return '0';
  };
  const lines = draft.lines.map((line, index): LineDraft => {
    const at = (name: string) => `/lines/${index}/${name}`;
    const [discount, net] = [edits[at('discountPct')], edits[at('unitNet')]];
    if (discount === undefined && net === undefined) return line;
    if (line.free === true) problems.push(invalid(`/edits/lines/${index}`, 'what is free has no price'));
    const { unitNet: _, ...rest } = line;
    return {
      ...rest,
      ...(discount === undefined ? {} : { discountPct: text(at('discountPct'), discount) }),
      ...(net === undefined ? {} : { unitNet: text(at('unitNet'), net) }),
    };
  });
  const beyond = Object.keys(edits).filter((field) => Number(field.split('/')[2] ?? 0) >= draft.lines.length);
  problems.push(
    ...beyond
      .filter((field) => field.startsWith('/lines/'))
      .map((field) => invalid(`/edits${field}`, 'a line that is there')),
  );
  const deal = edits['/dealDiscountPct'];
  const days = edits['/termDays'] ?? draft.termDays;
  if (!Number.isInteger(days) || Number(days) < 0 || Number(days) > MAX_DAYS)
    problems.push(invalid('/edits/termDays', `whole days, 0 to ${MAX_DAYS}`));
  const dealDiscountPct = deal === undefined ? draft.dealDiscountPct : text('/dealDiscountPct', deal);
  refuse(problems);
  return { ...draft, lines, dealDiscountPct, termDays: Number(days) };
}

/** The same rules as the owner's editing, named where the approver wrote. */
function belowEdits(error: unknown): never {
  if (!(error instanceof DomainError) || error.fields.length === 0) throw error;
  const fields = error.fields.map((field) => ({ ...field, pointer: `/edits${field.pointer}` }));
  throw new DomainError(error.code, error.details, fields);
}

interface Next {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  unitId: string;
  requestId: string;
  stageKey: string;
  personId: string;
  correlationId: string | null;
}

/** The next version takes the submitted one's place in its approval; both processes hear of it. */
async function supersede(tx: EntityManager, quoteId: string, next: Next, priced: PricedDraft): Promise<void> {
  const { id, number, version, requestId, personId, stageKey, correlationId } = next;
  const { head: old, row } = await lockQuote(tx, quoteId);
  const state = afterAct(row.state, 'SUPERSEDE');
  await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [quoteId, state]);
  const replaced = await appendEvents(tx, old, [
    { type: 'quote.superseded', actor: personId, payload: { by: version, requestId } },
  ]);
  const head = await beginAggregate(tx, 'quote', id);
  const content = await insertQuote(tx, next, priced);
  await tx.query(`UPDATE quote SET state = 'IN_APPROVAL', request_id = $2 WHERE id = $1`, [id, requestId]);
  await moveApproved(tx, quoteId, id);
  await followDeal(tx, id);
  const created = await appendEvents(tx, head, [
    {
      type: 'quote.created',
      actor: personId,
      cause: `edited in ${stageKey}, replaces ${quoteId}`,
      payload: { number, version, content },
    },
  ]);
  await tellProcess(tx, quoteToContractMessage(quoteId, replaced.seq), correlationId);
  await tellProcess(tx, quoteToContractMessage(id, created.seq), correlationId);
}
