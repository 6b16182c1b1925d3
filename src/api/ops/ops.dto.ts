import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';

const CAUSES = [
  'BLOCKED',
  'LADDER_EXHAUSTED',
  'SOD_FLAGGED',
  'NO_LIVE_SEAT',
  'COMPENSATION_FAILED',
  'OUTBOX_PARKED',
  'OUTBOX_BEHIND',
  'NO_WORKFLOW',
  'NO_OPEN_ROW',
  'WORKFLOW_TASK_FAILING',
  'ACTIVITY_RETRYING',
  'NO_WORKER',
] as const;
export const OPS_ACTIONS = ['RETELL', 'TERMINATE'] as const;

export class StuckItem {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String })
  processId!: string;

  @ApiProperty({ type: String, nullable: true })
  workflowUrl!: string | null;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: CAUSES })
  cause!: (typeof CAUSES)[number];

  @ApiProperty({ type: String })
  detail!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  since!: string;

  @ApiProperty({ type: [PersonRef] })
  who!: PersonRef[];

  @ApiProperty({ type: [String] })
  actions!: string[];
}

export class StuckPage extends pageOf(StuckItem) {}

export class OpsActionBody {
  @ApiProperty({ enum: OPS_ACTIONS })
  @IsIn(OPS_ACTIONS)
  action!: (typeof OPS_ACTIONS)[number];

  @ApiProperty({ type: String, minLength: 3, maxLength: 1000 })
  @IsString()
  @MinLength(3)
  @MaxLength(1000)
  reason!: string;
}

export class OpsActionResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;
}

class StageCount {
  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  oldest!: string | null;
}

class OutboxState {
  @ApiProperty({ type: 'integer' })
  pending!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  oldestAgeMs!: number | null;

  @ApiProperty({ type: 'integer' })
  parked!: number;
}

class TemporalState {
  @ApiProperty({ type: Boolean })
  reachable!: boolean;

  @ApiProperty({ type: 'integer' })
  pollers!: number;
}

class SavedView {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  url!: string;
}

class HandlingTime {
  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: 'integer' })
  decided!: number;

  @ApiProperty({ type: 'integer', description: 'still open; shown, never dropped' })
  running!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes' })
  p50Minutes!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes' })
  p90Minutes!: number | null;
}

class ApprovalRates {
  @ApiProperty({ type: 'integer', description: 'requests approved or rejected in the last 30 days' })
  closed!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'percent of them returned at least once' })
  returnPct!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'percent of them approved without a return' })
  firstPassPct!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'percent of them approved without anybody asked',
  })
  autoPct!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'answers of people per request' })
  touches!: number | null;
}

export class OpsOverview {
  @ApiProperty({ type: 'integer' })
  openRequests!: number;

  @ApiProperty({ type: [StageCount] })
  byStage!: StageCount[];

  @ApiProperty({ type: OutboxState })
  outbox!: OutboxState;

  @ApiProperty({ type: TemporalState })
  temporal!: TemporalState;

  @ApiProperty({ type: [SavedView] })
  savedViews!: SavedView[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reconciledAt!: string | null;

  @ApiProperty({ type: 'integer' })
  findings!: number;

  @ApiProperty({ type: ApprovalRates })
  rates!: ApprovalRates;

  @ApiProperty({ type: [HandlingTime] })
  handling!: HandlingTime[];
}
