import { readRequest } from '../../db/approval-state.js';
import type { Reader } from '../../db/prepared.js';
import type { EditForesight } from '../../domain/approval/foresee-edit.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { formatAmount } from '../../domain/money.js';
import type { Viewer } from '../org/scope.js';
import { askedAgain, type AskedAgain } from './asked-again.js';
import { changesBetween, type ChangeRow } from './changes.js';
import { shownForm } from './form.js';
import { namesOf, type PersonRef } from './person-ref.js';
import { requestRounds } from './rounds.js';

/** What an approval with an edit would bring about, in words (AE-SUB-2). */
export interface EditView {
  /** the content is not the present one */
  changed: boolean;
  subjectHash: string;
  amount: { amount: string; currency: string } | null;
  changes: ChangeRow[];
  invalidates: (AskedAgain & { people: PersonRef[] })[];
  added: { stageKey: string; title: string; people: PersonRef[] }[];
  leftOut: { stageKey: string; title: string }[];
}

interface Trial {
  requestId: string;
  subjectHash: string;
  subject: {
    amount: { amount: string; currency: string } | null;
    content: JsonObject;
    facts: Readonly<Record<string, string | boolean | readonly string[]>>;
  };
  foresight: EditForesight;
}

/** Confidential parts of the edited content are not in it. */
export async function editView(
  db: Reader,
  viewer: Viewer,
  { requestId, subjectHash, subject, foresight }: Trial,
): Promise<EditView> {
  const stored = await readRequest(db, requestId);
  const round = (await requestRounds(db, requestId, viewer)).at(-1);
  if (!stored || !round) throw new DomainError('NOT_FOUND');
  const { invalidates, added, leftOut } = foresight;
  const nameOf = await namesOf(
    db,
    [...invalidates, ...added].flatMap(({ personIds }) => personIds),
  );
  const people = (ids: readonly string[]) => ids.flatMap((id) => nameOf(id) ?? []);
  const form = await shownForm(db, stored, viewer, { rounds: [round.document, subject.content] });
  const labels = Object.fromEntries(round.inputs.map(({ name, label }) => [name, label]));
  const { amount, content, facts } = subject;
  return {
    changed: subjectHash !== stored.state.subjectHash,
    subjectHash,
    amount: amount && { amount: formatAmount(amount.amount, amount.currency), currency: amount.currency },
    changes: form
      ? form.changes(round.document, content)
      : changesBetween(
          { ...round.document, facts: round.facts as JsonObject },
          { ...content, facts },
          labels,
        ),
    invalidates: askedAgain(
      invalidates,
      invalidates.map(({ stageKey: key, title }) => ({ key, title })),
      round.inputs,
    ).map((stage, index) => ({ ...stage, people: people(invalidates[index]!.personIds) })),
    added: added.map(({ stageKey, title, personIds }) => ({ stageKey, title, people: people(personIds) })),
    leftOut,
  };
}
