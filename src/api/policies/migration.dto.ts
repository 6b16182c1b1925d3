import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
} from 'class-validator';
import type { LostVote } from '../../domain/approval/carry.js';
import type { StageMove } from '../../domain/approval/migrate.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { pageOf, PageQuery } from '../http/paging.dto.js';
import { Money, PersonRef, Problem } from '../http/wire.dto.js';
import { REQUEST_STATES } from '../requests/approval.dto.js';

const EFFECTS: readonly StageMove['effect'][] = ['KEPT', 'ADDED', 'DROPPED'];
const STATES: readonly NonNullable<StageMove['state']>[] = ['PASSED', 'PASSES', 'ASKED'];
const LOST: readonly LostVote['code'][] = [
  'STAGE_DROPPED',
  'STRICTER',
  'CONTENT',
  'NOT_ELIGIBLE',
  'NOT_A_PERSON',
  'ELSEWHERE',
];
const MOST = 100;

export class MigrationQuery extends PageQuery {}

class LostVoteView {
  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ enum: LOST })
  code!: LostVote['code'];
}

class StageMoveView {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: EFFECTS })
  effect!: StageMove['effect'];

  @ApiProperty({
    enum: STATES,
    nullable: true,
    description: 'of KEPT: PASSED stays so · PASSES by the votes that carry · ASKED people are asked',
  })
  state!: StageMove['state'];

  @ApiProperty({ type: [PersonRef], description: 'whose yes counts on' })
  carried!: PersonRef[];

  @ApiProperty({ type: [LostVoteView], description: 'whose yes does not, and why' })
  lost!: LostVoteView[];
}

/** What moving a request would do. */
export class MigrationTrialView {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: Money, nullable: true })
  amount!: Money | null;

  @ApiProperty({ type: 'integer', description: 'the version it is on' })
  policyVersion!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ type: [StageMoveView], description: 'in the order of the new path, what is dropped last' })
  stages!: StageMoveView[];

  @ApiProperty({ type: Boolean, description: 'nobody would be left to ask: the move needs acceptOutcome' })
  needsAcceptance!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'code of the refusal a move would get' })
  refusal!: string | null;
}

export class MigrationPage extends pageOf(MigrationTrialView) {}

export class MigrateBody {
  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: MOST })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  requestIds!: string[];

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'of those, the ones that may end by the move; whoever sends it answers for that',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsUUID('all', { each: true })
  acceptOutcome?: string[];

  @ApiProperty({ type: String, maxLength: 1_000 })
  @IsString()
  @MinLength(1)
  @MaxLength(1_000)
  reason!: string;
}

export class MigrationResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: 'integer', description: 'what the request alone would have been answered with' })
  status!: number;

  @ApiProperty({ type: Boolean, description: 'false also when it is on this version already' })
  moved!: boolean;

  @ApiProperty({ enum: REQUEST_STATES, nullable: true })
  requestState!: string | null;

  @ApiProperty({ type: Problem, nullable: true })
  problem!: Problem | null;
}

export class MigrationResults {
  @ApiProperty({ type: [MigrationResult], description: 'in the order of the ids' })
  results!: MigrationResult[];
}
