import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { WAIT_CAUSES, type WaitCause } from '../../domain/approval/figures.js';
import { GROUPINGS, type Grouping } from '../../queries/figures/figures.js';
import { MEASURES, type Measure } from '../../queries/figures/items.js';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';
import { REQUEST_KINDS } from '../requests/approval.dto.js';

class PeriodQuery {
  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'outside the period' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ enum: REQUEST_KINDS })
  @MayBeLeftOut()
  @IsIn(REQUEST_KINDS)
  kind?: (typeof REQUEST_KINDS)[number];

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'this unit and those below it' })
  @MayBeLeftOut()
  @IsUUID()
  unitId?: string;
}

export class FiguresQuery extends PeriodQuery {
  @ApiProperty({ enum: GROUPINGS })
  @IsIn(GROUPINGS)
  by!: Grouping;
}

export class FigureItemsQuery extends PeriodQuery {
  @ApiProperty({ enum: MEASURES })
  @IsIn(MEASURES)
  measure!: Measure;

  @ApiPropertyOptional({ enum: GROUPINGS, description: 'of tasks, with `key`' })
  @MayBeLeftOut()
  @IsIn(GROUPINGS)
  by?: Grouping;

  @ApiPropertyOptional({ type: String, maxLength: 300 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(300)
  key?: string;

  @ApiPropertyOptional({ enum: WAIT_CAUSES, description: 'of LOST' })
  @MayBeLeftOut()
  @IsIn(WAIT_CAUSES)
  cause?: WaitCause;
}

export class CounterfactualQuery extends PeriodQuery {
  @ApiProperty({ type: String, maxLength: 80, description: 'a rung of the ladders' })
  @IsString()
  @MaxLength(80)
  rung!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'business minutes after the task opened' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(0)
  @Max(999_999)
  atMinutes!: number;
}

class Rates {
  @ApiProperty({ type: 'integer', description: 'requests approved or rejected in the period' })
  closed!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'percent of them returned at least once' })
  returnPct!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'percent of them approved without a return' })
  firstPassPct!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'percent approved without anybody asked' })
  autoPct!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'answers of people per request' })
  touches!: number | null;
}

class FigureGroup extends Rates {
  @ApiProperty({ type: String, description: 'title of the stage, <policy>/<row>, or id of the person' })
  key!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ type: 'integer' })
  decided!: number;

  @ApiProperty({ type: 'integer', description: 'still open; shown, never dropped' })
  running!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes' })
  p50Minutes!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes' })
  p90Minutes!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes of the longest running' })
  longestRunningMinutes!: number | null;

  @ApiProperty({ type: 'integer', description: 'answers that sent a request back' })
  returned!: number;
}

class LostTime {
  @ApiProperty({ enum: WAIT_CAUSES })
  cause!: WaitCause;

  @ApiProperty({ type: 'integer', description: 'business minutes within the period' })
  minutes!: number;

  @ApiProperty({ type: 'integer' })
  requests!: number;
}

class KnownRung {
  @ApiProperty({ type: String })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'answered tasks with this rung on their ladder' })
  tasks!: number;
}

export class ApprovalFigures {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf!: string;

  @ApiProperty({ type: 'integer', description: 'requests that were open in the period' })
  requests!: number;

  @ApiProperty({ type: Boolean, description: 'there were more: figures are of the latest' })
  truncated!: boolean;

  @ApiProperty({ type: Rates })
  rates!: Rates;

  @ApiProperty({ type: [LostTime] })
  lost!: LostTime[];

  @ApiProperty({ type: [FigureGroup] })
  groups!: FigureGroup[];

  @ApiProperty({ type: [KnownRung] })
  rungs!: KnownRung[];
}

export class FigureItem {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String, nullable: true })
  stage!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ type: Number, nullable: true, description: 'business minutes' })
  minutes!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: still running' })
  at!: string | null;
}

export class FigureItems {
  @ApiProperty({ type: [FigureItem], description: 'the longest 200' })
  items!: FigureItem[];

  @ApiProperty({ type: 'integer' })
  total!: number;
}

export class CounterfactualSla {
  @ApiProperty({ type: 'integer', description: 'answers of people to tasks with this rung' })
  considered!: number;

  @ApiProperty({ type: 'integer', description: 'of them, answered after the rung had fired' })
  rung!: number;

  @ApiProperty({ type: 'integer' })
  onTime!: number;

  @ApiProperty({ type: 'integer' })
  wouldBeOnTime!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'median business minutes from rung to answer' })
  reactionMinutes!: number | null;
}
