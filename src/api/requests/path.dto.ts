import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../http/wire.dto.js';
import { AttachmentRef } from './attachments.dto.js';
import { EnvelopeView } from './envelope.dto.js';
import { CERTAINTIES, SeatReason } from './approval.dto.js';

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

  @ApiProperty({ type: [AttachmentRef] })
  attachments!: AttachmentRef[];

  @ApiProperty({ type: Boolean })
  signed!: boolean;
}

class SeatAdded {
  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ enum: ['BEFORE', 'AFTER', 'PARALLEL', 'CONSULT'] })
  relation!: string;
}

class SeatSameAs {
  @ApiProperty({
    enum: ['EARLIER', 'LATER'],
    description: 'EARLIER: they said yes in that stage before · LATER: they are asked in that stage',
  })
  kind!: 'EARLIER' | 'LATER';

  @ApiProperty({ type: String, description: 'title of the stage' })
  stage!: string;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'whose decision it was' })
  by!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at!: string | null;
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

  @ApiProperty({ type: SeatAdded, nullable: true, description: 'by whom, and how it stands to its parent' })
  added!: SeatAdded | null;

  @ApiProperty({
    type: [PersonRef],
    nullable: true,
    description: 'whom the organisation of now would ask instead of its owner',
  })
  orgDrift!: PersonRef[] | null;

  @ApiProperty({ type: SeatSameAs, nullable: true, description: 'why its holder is not asked here' })
  sameAs!: SeatSameAs | null;

  @ApiProperty({ type: SeatAnswer, nullable: true })
  decision!: SeatAnswer | null;

  @ApiProperty({ type: EnvelopeView, nullable: true, description: 'of a yes: what it covers' })
  envelope!: EnvelopeView | null;
}

class StageClaim {
  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  until!: string;
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

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'the request that decides this stage',
  })
  childRequestId!: string | null;

  @ApiProperty({ type: StageClaim, nullable: true, description: 'who of the pool has taken it' })
  claim!: StageClaim | null;

  @ApiProperty({ type: Boolean, description: 'its open seats follow the reporting line when that changes' })
  strictReporting!: boolean;

  @ApiProperty({ type: [SeatView] })
  seats!: SeatView[];
}
