import { readRequest, type StoredRequest } from '../../db/approval-state.js';
import type { Reader } from '../../db/prepared.js';
import type { ApprovalState, SeatReason } from '../../domain/approval/model.js';
import type { OrgDrift } from '../../domain/approval/org-drift.js';
import { actionsFor, returnTargetsFor, type ActionRight } from '../../domain/approval/rights.js';
import { requestVersion } from '../../domain/approval/version.js';
import { DomainError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { formatAmount } from '../../domain/money.js';
import type { Viewer } from '../org/scope.js';
import { accessTo } from './access.js';
import { attachmentsOfRequest, type AttachmentView } from './attachments.js';
import type { BrokenStage } from '../../domain/approval/earlier.js';
import { askedAgain, brokenIn, lastOpening, type AskedAgain } from './asked-again.js';
import type { ChangeRow } from './changes.js';
import { changesFor, documentOf } from './changes-base.js';
import { shownForm, type FormView, type ShownForm } from './form.js';
import { copiesOf, permittedOf, type CopyView } from './copies.js';
import { offeredBounds, type OfferedBound } from './envelope-view.js';
import { factViews, peopleInFacts, type FactView } from './facts.js';
import { holderChips, type HolderChip } from './holder-chip.js';
import { pathView, withDrift, type StageView } from './path.js';
import { peopleInPath } from './people-in-path.js';
import { namesOf, type NameOf, type PersonRef } from './person-ref.js';
import { revocationOf, revokeRight, type RevocationLinks } from './revocation.js';
import { requestRounds, type RoundRow } from './rounds.js';
import { separationView, type SeparationCheckView } from './separation-view.js';
import { snapshotViews, type SnapshotView } from './snapshots.js';
import { requestEvents } from './request-events.js';
import { peopleOf } from './cast.js';
import { timelineOf, type TimelineEntry } from './timeline.js';

export interface EditableField {
  pointer: string;
  value: Json;
}

export interface RequestView extends RevocationLinks {
  id: string;
  kind: StoredRequest['kind'];
  title: string;
  state: string;
  version: number;
  round: number;
  /** the request this one decides a stage of (AE-CHILD-1) */
  parentRequestId: string | null;
  initiator: PersonRef | null;
  unit: { id: string; name: string; kind: string } | null;
  submittedAt: string;
  closedAt: string | null;
  /** all stages have passed, and the approval comes then */
  effectAt: string | null;
  subjectHash: string;
  subject: {
    kind: string;
    id: string;
    number: string;
    version: number;
    amount: { amount: string; currency: string } | null;
    facts: FactView[];
    document: JsonObject;
  };
  /** of a request kind only */
  form: FormView | null;
  changedSinceLastRound: boolean | null;
  changes: ChangeRow[];
  changesBase: { round: number; label: string } | null;
  why: SeatReason[];
  path: StageView[];
  timeline: TimelineEntry[];
  separation: SeparationCheckView[];
  holder: HolderChip | null;
  policy: { kind: string; version: number; matched: string[] };
  actions: ActionRight[];
  returnTargets: { key: string; title: string }[];
  snapshots: SnapshotView[];
  /** not shown to whoever only got a copy */
  attachments: AttachmentView[];
  copies: CopyView[];
  /** a direct way back to the returner was not possible, see askedAgain (AE-RET-3) */
  resumeDowngraded: boolean;
  askedAgain: AskedAgain[];
  /** approved, and changed beyond that since: what a new round would ask; nothing may follow meanwhile (AE-ENV-3) */
  stale: AskedAgain[] | null;
  /** what the viewer's approval would cover (AE-ENV-1) */
  covers: OfferedBound[];
  /** what the viewer may change with their approval (AE-SUB-2) */
  editable: EditableField[];
}

/** What only the commands know of a request. */
export interface FromCommands {
  /** seats that the organisation at an instant would give to somebody else (AE-MGR-2) */
  driftOf?: (state: ApprovalState, at: string) => Promise<readonly OrgDrift[]>;
  /** what the person may change with an approval of theirs (AE-SUB-2) */
  editableBy?: (stored: StoredRequest, personId: string) => Promise<EditableField[]>;
}

/** One request as one page shows it. @throws DomainError NOT_FOUND also when the viewer may not see it */
export async function readRequestView(
  db: Reader,
  viewer: Viewer,
  requestId: string,
  of: FromCommands = {},
): Promise<RequestView> {
  const access = await accessTo(db, viewer, requestId);
  const stored = access && (await readRequest(db, requestId));
  if (!stored) throw new DomainError('NOT_FOUND');
  const isCopy = access === 'COPY';
  const whole = await requestRounds(db, requestId, viewer);
  const form = await shownForm(db, stored, viewer, {
    rounds: whole.map(({ document }) => document),
    permitted: isCopy ? (whole.at(-1)?.cc_fields ?? null) : null,
  });
  const rounds = isCopy ? whole.map((round) => asCopied(round, form !== null)) : whole;
  const events = await requestEvents(db, requestId);
  const current = rounds.at(-1)!;
  const drift = (await of.driftOf?.(stored.state, stored.readAt)) ?? [];
  const nameOf = await namesOf(db, [
    ...peopleOf(events),
    ...peopleInPath(stored, current.plan),
    ...(form?.people ?? []),
    ...peopleInFacts(current.facts),
    ...drift.flatMap(({ personIds }) => personIds),
  ]);
  const { revocation, revokes, irreversible } = await revocationOf(db, stored);
  const opening = lastOpening(events);
  const editable = await (of.editableBy?.(stored, viewer.personId) ?? []);
  const rights = rightsFor(stored, viewer);
  const chip = (await holderChips(db, [requestId])).get(requestId) ?? null;
  const labels = form ? [...current.inputs, ...form.labels(current.document)] : current.inputs;
  const again = (broken: readonly BrokenStage[]) =>
    askedAgain(
      isCopy ? [] : broken,
      [...stored.state.stages.map(({ spec }) => spec), ...current.stages],
      labels,
    );
  const path = withDrift(pathView(stored, { ...current, inputs: labels }, nameOf), drift, nameOf);
  return {
    ...header(stored, current, { nameOf, form }),
    form: form && form.view(current.document, nameOf),
    ...changesFor(rounds, form),
    why: whyFor(stored, viewer.personId),
    path: isCopy ? path.map(withoutEnvelopes) : path,
    timeline: timelineOf(
      events,
      nameOf,
      rounds.filter(({ edit }) => edit === 0).map(({ comment }) => comment),
      current.stages,
    ),
    separation: separationView(events, nameOf),
    snapshots: snapshotViews(stored, current.inputs, nameOf, isCopy ? current.cc_fields : null),
    holder: chip,
    attachments: isCopy ? [] : await attachmentsOfRequest(db, requestId),
    copies: await copiesOf(db, requestId),
    revocation,
    revokes,
    ...rights,
    resumeDowngraded: opening?.resumeDowngraded ?? false,
    askedAgain: again(brokenIn(opening?.broken ?? [], events)),
    stale: stored.state.stale ? again(stored.state.stale.broken) : null,
    covers: offeredBounds(stored, rights.actions, labels),
    editable,
    actions: [...rights.actions, ...revokeRight(stored, { revocation, revokes, irreversible }, viewer)],
  };
}

type Header = Omit<
  RequestView,
  | 'changedSinceLastRound'
  | 'changes'
  | 'changesBase'
  | 'why'
  | 'path'
  | 'timeline'
  | 'separation'
  | 'snapshots'
  | 'holder'
  | 'attachments'
  | 'copies'
  | 'actions'
  | 'form'
  | keyof RevocationLinks
  | 'returnTargets'
  | 'covers'
  | 'editable'
  | 'askedAgain'
  | 'stale'
  | 'resumeDowngraded'
>;

function header(
  stored: StoredRequest,
  round: RoundRow,
  { nameOf, form }: { nameOf: NameOf; form: ShownForm | null },
): Header {
  const { state, amount } = stored;
  return {
    id: state.id,
    kind: stored.kind,
    title: stored.title,
    state: state.state,
    version: requestVersion(state),
    round: state.round,
    parentRequestId: stored.parentRequestId,
    initiator: nameOf(state.initiatorId),
    unit: round.unit,
    submittedAt: state.submittedAt,
    closedAt: state.closedAt,
    effectAt: state.effectAt,
    subjectHash: state.subjectHash,
    subject: {
      kind: stored.kind,
      id: stored.subjectId,
      number: stored.number,
      version: stored.subjectVersion,
      amount: amount && { amount: formatAmount(amount.amount, amount.currency), currency: amount.currency },
      facts: factViews(round.facts, round.inputs, nameOf),
      document: form ? form.document(round.document) : documentOf(round),
    },
    policy: {
      kind: round.policy_kind,
      version: round.policy_version,
      matched: round.matched.map(({ text }) => text),
    },
  };
}

/** A round as somebody sees it who only got a copy: permitted fields, nothing confidential (AE-CC-1). The fields of a form are its own matter. */
function asCopied(round: RoundRow, isForm: boolean): RoundRow {
  const { cc_fields: fields } = round;
  return {
    ...round,
    document: isForm ? round.document : permittedOf(round.document, fields),
    facts: permittedOf(round.facts, fields),
    confidential: null,
  };
}

/** "Why was I asked?": the reasons of the viewer's own seat, else of the stages that run. */
function whyFor({ state }: StoredRequest, personId: string): SeatReason[] {
  const own = state.seats.filter((seat) => seat.holderId === personId || seat.ownerId === personId);
  const seat = own.find(({ state: s }) => s === 'OPEN') ?? own.at(-1);
  if (seat) return [...seat.why];
  return state.stages
    .filter((stage) => stage.state === 'ACTIVE' || stage.state === 'BLOCKED')
    .flatMap((stage) => stage.why);
}

function rightsFor(
  { state, readAt }: StoredRequest,
  viewer: Viewer,
): Pick<RequestView, 'actions' | 'returnTargets'> {
  const has = (permission: string) => viewer.permissions[permission] !== undefined;
  const may = { decide: has('approval:decide'), admin: has('approval:admin'), ops: has('ops:act') };
  return {
    actions: actionsFor(state, viewer.personId, may, readAt),
    returnTargets: may.decide
      ? returnTargetsFor(state, viewer.personId).map(({ spec }) => ({ key: spec.key, title: spec.title }))
      : [],
  };
}

/** Whoever only got a copy learns nothing of values beyond the fields it shows. */
function withoutEnvelopes(stage: StageView): StageView {
  return { ...stage, seats: stage.seats.map((seat) => ({ ...seat, envelope: null })) };
}
