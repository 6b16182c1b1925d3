import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, PersonRef, UnitRef } from '../http/wire.dto.js';
import { FormKind } from '../request-kinds/request-kinds.dto.js';
import { Attachment, NamedThings } from './attachments.dto.js';
import { HolderChip, REQUEST_KINDS, REQUEST_STATES, SeatReason } from './approval.dto.js';
import { AskedAgain, OfferedBound } from './envelope.dto.js';
import { ChangeRow, TimelineEntry } from './history.dto.js';
import { EditableField } from './editable.dto.js';
import { Fact, FactSnapshot } from './facts.dto.js';
import { StageView } from './path.dto.js';
import { SeparationCheck } from './separation.dto.js';

class RequestSubject {
  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: Money, nullable: true })
  amount!: Money | null;

  @ApiProperty({ type: [Fact] })
  facts!: Fact[];

  @ApiProperty({ type: 'object', additionalProperties: true })
  document!: object;
}

class FormFill {
  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: String })
  field!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String, nullable: true })
  before!: string | null;

  @ApiProperty({ type: String, nullable: true })
  after!: string | null;
}

class RequestForm {
  @ApiProperty({ type: String, format: 'uuid' })
  formId!: string;

  @ApiProperty({ type: FormKind })
  kind!: FormKind;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'without what the viewer may not see',
  })
  schema!: object;

  @ApiProperty({ type: [String], description: 'fields the viewer may fill in now' })
  writable!: string[];

  @ApiProperty({ type: [FormFill] })
  fills!: FormFill[];

  @ApiProperty({ type: NamedThings, description: 'the people and files the document names' })
  named!: NamedThings;
}

class ChangesBase {
  @ApiProperty({ type: 'integer' })
  round!: number;

  @ApiProperty({ enum: ['APPROVED_BY_YOU', 'LAST_ROUND', 'BEFORE_EDIT', 'BEFORE_REFRESH'] })
  label!: string;
}

class RequestPolicy {
  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: [String] })
  matched!: string[];
}

class RequestAction {
  @ApiProperty({ type: String })
  action!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  seatId!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  seatVersion!: number | null;

  @ApiProperty({ type: Boolean })
  commentRequired!: boolean;

  @ApiPropertyOptional({ enum: ['ATTACHMENT', 'SIGNATURE', 'STEP_UP'], isArray: true })
  requires?: ('ATTACHMENT' | 'SIGNATURE' | 'STEP_UP')[];

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'after which it is no longer offered',
  })
  until?: string;
}

class RevocationLink {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ enum: REQUEST_STATES })
  state!: string;
}

class RevokedLink extends RevocationLink {
  @ApiProperty({ type: String })
  title!: string;
}

class RequestCopy {
  @ApiProperty({ type: PersonRef })
  person!: PersonRef;

  @ApiProperty({ enum: ['SUBMIT', 'STAGE_PASSED', 'FINAL'] })
  trigger!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;
}

class ReturnTarget {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;
}

export class RequestView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: (typeof REQUEST_KINDS)[number];

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: REQUEST_STATES })
  state!: string;

  @ApiProperty({ type: 'integer', description: 'expectedVersion of withdraw and resubmit' })
  version!: number;

  @ApiProperty({ type: 'integer' })
  round!: number;

  @ApiProperty({ type: PersonRef })
  initiator!: PersonRef | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'the request this one decides a stage of',
  })
  parentRequestId!: string | null;

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: { id: string; name: string; kind: string } | null;

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'everybody has approved; when the approval takes effect',
  })
  effectAt!: string | null;

  @ApiProperty({
    type: RevocationLink,
    nullable: true,
    description: 'the last request to revoke this approval',
  })
  revocation!: RevocationLink | null;

  @ApiProperty({ type: RevokedLink, nullable: true, description: 'of a revocation: whose approval it ends' })
  revokes!: RevokedLink | null;

  @ApiProperty({ type: String })
  subjectHash!: string;

  @ApiProperty({ type: RequestSubject })
  subject!: RequestSubject;

  @ApiProperty({
    type: RequestForm,
    nullable: true,
    description: 'of a request kind: how to read its document',
  })
  form!: RequestForm | null;

  @ApiProperty({ type: Boolean, nullable: true })
  changedSinceLastRound!: boolean | null;

  @ApiProperty({ type: [ChangeRow] })
  changes!: ChangeRow[];

  @ApiProperty({ type: ChangesBase, nullable: true })
  changesBase!: ChangesBase | null;

  @ApiProperty({ type: [SeatReason] })
  why!: SeatReason[];

  @ApiProperty({ type: [StageView] })
  path!: StageView[];

  @ApiProperty({ type: [TimelineEntry] })
  timeline!: TimelineEntry[];

  @ApiProperty({ type: [SeparationCheck] })
  separation!: SeparationCheck[];

  @ApiProperty({ type: HolderChip, nullable: true })
  holder!: HolderChip | null;

  @ApiProperty({ type: RequestPolicy })
  policy!: RequestPolicy;

  @ApiProperty({ type: [RequestAction] })
  actions!: RequestAction[];

  @ApiProperty({ type: [ReturnTarget] })
  returnTargets!: ReturnTarget[];

  @ApiProperty({ type: [FactSnapshot], description: 'what the books said, and when' })
  snapshots!: FactSnapshot[];

  @ApiProperty({ type: [Attachment], description: 'none for whoever only got a copy' })
  attachments!: Attachment[];

  @ApiProperty({ type: [RequestCopy] })
  copies!: RequestCopy[];

  @ApiProperty({ type: Boolean, description: 'no direct way back to whoever returned it, see askedAgain' })
  resumeDowngraded!: boolean;

  @ApiProperty({
    type: [AskedAgain],
    description: 'stages of this round that earlier approvals do not cover',
  })
  askedAgain!: AskedAgain[];

  @ApiProperty({ type: [AskedAgain], nullable: true, description: 'broken since its approval' })
  stale!: AskedAgain[] | null;

  @ApiProperty({ type: [OfferedBound], description: 'what your approval would cover, if you say nothing' })
  covers!: OfferedBound[];

  @ApiProperty({
    type: [EditableField],
    description: 'what you may change with your approval (`edits` of the decision); empty: nothing',
  })
  editable!: EditableField[];
}
