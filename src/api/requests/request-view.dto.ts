import { ApiProperty } from '@nestjs/swagger';
import { Money, PersonRef, UnitRef } from '../http/wire.dto.js';
import { CERTAINTIES, HolderChip, REQUEST_KINDS, REQUEST_STATES, SeatReason } from './approval.dto.js';

class SeatAnswer {
  @ApiProperty({ type: String })
  action!: string;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'null: the system, by a timeout' })
  by!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  comment!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

export class SeatView {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  version!: number | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  owner!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  holder!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  role!: string | null;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: String, nullable: true })
  code!: string | null;

  @ApiProperty({ type: 'integer' })
  weight!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  openedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt!: string | null;

  @ApiProperty({ type: [SeatReason] })
  why!: SeatReason[];

  @ApiProperty({ enum: CERTAINTIES })
  certainty!: (typeof CERTAINTIES)[number];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  parentId!: string | null;

  @ApiProperty({ type: SeatAnswer, nullable: true })
  decision!: SeatAnswer | null;
}

export class StageView {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: 'integer' })
  rank!: number;

  @ApiProperty({ type: String, nullable: true })
  branch!: string | null;

  @ApiProperty({ type: 'integer' })
  visit!: number;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: String, nullable: true })
  code!: string | null;

  @ApiProperty({ type: String, example: 'COUNT 2' })
  quorum!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  openedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: [SeatView] })
  seats!: SeatView[];
}

export class ChangeRow {
  @ApiProperty({ type: String })
  path!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String, nullable: true })
  before!: string | null;

  @ApiProperty({ type: String, nullable: true })
  after!: string | null;

  @ApiProperty({ enum: ['BETTER', 'WORSE', 'NEUTRAL'] })
  direction!: 'BETTER' | 'WORSE' | 'NEUTRAL';
}

class TimelineText {
  @ApiProperty({ type: String, example: 'stage.activated' })
  key!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params!: Record<string, string>;
}

export class TimelineEntry {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String })
  type!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  actor!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: TimelineText })
  text!: TimelineText;

  @ApiProperty({ type: String, nullable: true })
  comment!: string | null;
}

class Fact {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String })
  value!: string;

  @ApiProperty({ enum: ['GREEN', 'AMBER', 'RED'], nullable: true })
  flag!: 'GREEN' | 'AMBER' | 'RED' | null;
}

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

class ChangesBase {
  @ApiProperty({ type: 'integer' })
  round!: number;

  @ApiProperty({ enum: ['APPROVED_BY_YOU', 'LAST_ROUND'] })
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

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: { id: string; name: string; kind: string } | null;

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: String })
  subjectHash!: string;

  @ApiProperty({ type: RequestSubject })
  subject!: RequestSubject;

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

  @ApiProperty({ type: HolderChip, nullable: true })
  holder!: HolderChip | null;

  @ApiProperty({ type: RequestPolicy })
  policy!: RequestPolicy;

  @ApiProperty({ type: [RequestAction] })
  actions!: RequestAction[];

  @ApiProperty({ type: [ReturnTarget] })
  returnTargets!: ReturnTarget[];
}
