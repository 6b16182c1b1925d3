import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Money, PersonRef } from '../http/wire.dto.js';
import { CERTAINTIES, SeatReason } from './approval.dto.js';

class PlannedSeat {
  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  role!: string | null;

  @ApiProperty({ enum: CERTAINTIES })
  certainty!: (typeof CERTAINTIES)[number];

  @ApiProperty({ type: [SeatReason] })
  why!: SeatReason[];
}

class PlannedStage {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String, nullable: true })
  branch!: string | null;

  @ApiProperty({ type: String, example: 'COUNT 2' })
  quorum!: string;

  @ApiProperty({ type: [PlannedSeat] })
  seats!: PlannedSeat[];

  @ApiProperty({ type: String, nullable: true, description: 'time allowed, working time' })
  sla!: string | null;
}

class NotAsked {
  @ApiProperty({ type: String })
  stageKey!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String })
  why!: string;
}

class PlanProblem {
  @ApiProperty({ type: String })
  code!: string;

  @ApiProperty({ type: String })
  message!: string;

  @ApiPropertyOptional({ type: String })
  pointer?: string;
}

class PlanPolicy {
  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;
}

/** Who must approve and why; the part of a preview that all kinds of subject share. */
export class ApprovalPlan {
  @ApiProperty({ type: String, description: 'send it back with the submission' })
  planHash!: string;

  @ApiProperty({ enum: ['AUTO', 'APPROVAL'] })
  lane!: 'AUTO' | 'APPROVAL';

  @ApiProperty({ type: PlanPolicy })
  policy!: PlanPolicy;

  @ApiProperty({ type: [PlannedStage] })
  stages!: PlannedStage[];

  @ApiProperty({ type: [NotAsked] })
  notAsked!: NotAsked[];

  @ApiProperty({ type: [PlanProblem] })
  problems!: PlanProblem[];
}

/** As the preview of a quotation, for a subject without lines and margin. */
export class GeneralPlanPreview extends ApprovalPlan {
  @ApiProperty({ enum: ['GREEN'] })
  marginFlag!: 'GREEN';

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: String })
  discountPct!: string;
}
