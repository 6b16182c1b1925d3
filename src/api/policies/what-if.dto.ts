import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsUUID, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import type { Unjudged } from '../../commands/policy/what-if.js';
import type { Json } from '../../domain/json.js';
import { IsInstant } from '../http/instant.js';
import { InsteadOf, MayBeLeftOut } from '../http/left-out.js';
import { Money } from '../http/wire.dto.js';
import { REQUEST_STATES } from '../requests/approval.dto.js';
import { KIND } from './policies.dto.js';

export const SUBJECT_KINDS = ['QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION', 'SPLIT'] as const;
const UNJUDGED: readonly Unjudged[] = [
  'NO_SNAPSHOT',
  'POLICY_ERROR',
  'NO_POLICY_ROW',
  'NO_APPROVER',
  'NOT_IN_SNAPSHOT',
  'ORG_CYCLE',
];
export const MOST_JUDGED = 100_000;
const JUDGED = 20_000;
const SHOWN = 100;

/** The candidate: a stored version or draft by its id, or a content nobody has stored yet with its kind. */
export class WhatIfBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'a version or a draft' })
  @MayBeLeftOut()
  @IsUUID()
  policyId?: string;

  @ApiPropertyOptional({ type: String, example: 'approval.quote', description: 'needed without policyId' })
  @InsteadOf('policyId')
  @MaxLength(60)
  @Matches(KIND)
  kind?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'in place of what is stored; needed without policyId',
  })
  @ValidateIf(({ policyId, content }: WhatIfBody) => policyId === undefined || content !== undefined)
  @IsObject()
  content?: Json;

  @ApiProperty({ type: String, format: 'date-time', description: 'requests submitted from then on' })
  @IsInstant()
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'and before then' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ enum: SUBJECT_KINDS })
  @MayBeLeftOut()
  @IsIn(SUBJECT_KINDS)
  subjectKind?: (typeof SUBJECT_KINDS)[number];

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_JUDGED, default: JUDGED })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(MOST_JUDGED)
  limit: number = JUDGED;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 1_000,
    default: SHOWN,
    description: 'of the changed requests, the newest that are named',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(1_000)
  shown: number = SHOWN;
}

class RouteTotals {
  @ApiProperty({ type: 'integer', description: 'fewest answers of people with which all requests pass' })
  touches!: number;

  @ApiProperty({ type: 'integer', description: 'working minutes on the paths, by measured p50 per stage' })
  minutes!: number;

  @ApiProperty({ type: 'integer', description: 'requests nobody is asked about' })
  automatic!: number;
}

class Unguarded {
  @ApiProperty({ type: 'integer', description: 'requests that would pass without a stage they have now' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  withoutAmount!: number;

  @ApiProperty({ type: [Money], description: 'their exposure, exact, each request once' })
  amounts!: Money[];
}

class StageName {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;
}

class StageTotals extends StageName {
  @ApiProperty({ type: 'integer' })
  added!: number;

  @ApiProperty({ type: 'integer' })
  dropped!: number;

  @ApiProperty({ type: 'integer' })
  quorumChanged!: number;

  @ApiProperty({ type: [Money] })
  unguarded!: Money[];
}

class QuorumChange extends StageName {
  @ApiProperty({ type: String, example: 'ANY' })
  before!: string;

  @ApiProperty({ type: String, example: 'ALL' })
  after!: string;
}

class ChangedRequest {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: REQUEST_STATES })
  state!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  submittedAt!: string;

  @ApiProperty({ type: Money, nullable: true })
  exposure!: Money | null;

  @ApiProperty({ type: [StageName] })
  added!: StageName[];

  @ApiProperty({ type: [StageName] })
  dropped!: StageName[];

  @ApiProperty({ type: [QuorumChange] })
  quorum!: QuorumChange[];
}

class UnjudgedRequest {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  number!: string;
}

class UnjudgedRequests {
  @ApiProperty({ enum: UNJUDGED })
  code!: Unjudged;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: [UnjudgedRequest] })
  newest!: UnjudgedRequest[];
}

class MeasuredStage {
  @ApiProperty({ type: String })
  stageKey!: string;

  @ApiProperty({ type: 'integer', description: 'answers in the period' })
  decided!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  p50Minutes!: number | null;
}

/** AE-POL-3: stored requests judged by another policy, on their own facts and the organisation of then. */
export class WhatIfResult {
  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  judged!: number;

  @ApiProperty({ type: 'integer', description: 'of those judged, whose path would have been another' })
  changed!: number;

  @ApiProperty({ type: RouteTotals, description: 'the paths they had' })
  before!: RouteTotals;

  @ApiProperty({ type: RouteTotals, description: 'the paths they would have had' })
  after!: RouteTotals;

  @ApiProperty({ type: Unguarded })
  unguarded!: Unguarded;

  @ApiProperty({ type: [StageTotals] })
  stages!: StageTotals[];

  @ApiProperty({ type: [MeasuredStage], description: 'the times the minutes are reckoned with' })
  measured!: MeasuredStage[];

  @ApiProperty({ type: [String], description: 'stages without a measured answer; they add no minutes' })
  unmeasured!: string[];

  @ApiProperty({ type: [ChangedRequest], description: 'newest first, those the reader may see' })
  changes!: ChangedRequest[];

  @ApiProperty({ type: [UnjudgedRequests], description: 'what could not be judged, and why' })
  unjudged!: UnjudgedRequests[];

  @ApiProperty({ type: Boolean, description: 'older requests of the period were left out' })
  truncated!: boolean;
}
