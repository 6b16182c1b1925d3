import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { EnvelopeWish, MAX_DIMENSIONS } from './envelope.dto.js';
import { InboxItem } from '../inbox/inbox.dto.js';
import { REQUEST_STATES } from '../requests/approval.dto.js';

const ACTIONS = ['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN', 'OPINION'] as const;
const RESUMES = ['NEXT', 'TO_RETURNER'] as const;

const MAX_FILES = 20;
const MAX_STAGES = 200;

export class DecisionBody {
  @ApiProperty({ enum: ACTIONS })
  @IsIn(ACTIONS)
  action!: (typeof ACTIONS)[number];

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;

  @ApiProperty({ type: String, pattern: '^[0-9a-f]{64}$' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'subjectHash is the hash the page showed, 64 hex digits' })
  subjectHash!: string;

  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4_000)
  comment?: string;

  @ApiPropertyOptional({ type: String, maxLength: 60, description: 'INITIATOR or a stage key; for RETURN' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  returnTo?: string;

  @ApiPropertyOptional({ enum: RESUMES })
  @MayBeLeftOut()
  @IsIn(RESUMES)
  resume?: (typeof RESUMES)[number];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_FILES,
    description: 'files the holder put to the request before, on which the answer rests',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_FILES)
  @IsUUID(undefined, { each: true })
  attachmentIds?: string[];

  @ApiPropertyOptional({ type: Boolean, description: 'the server signs the answer; after a step-up' })
  @MayBeLeftOut()
  @IsBoolean()
  sign?: boolean;

  @ApiPropertyOptional({
    type: [EnvelopeWish],
    maxItems: MAX_DIMENSIONS,
    description: 'of an approval: dimensions in which it covers more or less than the values seen (AE-ENV-1)',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_DIMENSIONS)
  @ValidateNested({ each: true })
  @Type(() => EnvelopeWish)
  envelope?: EnvelopeWish[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { '/lines/0/discountPct': '8' },
    description:
      'of an approval: what its holder changes with it, pointer → value; see editable of the request (AE-SUB-2)',
  })
  @MayBeLeftOut()
  @IsObject()
  edits?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_STAGES,
    description:
      'keys of stages that may be asked again because of the edits; else 409 WOULD_INVALIDATE names them',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_STAGES)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  acceptInvalidation?: string[];
}

export class DecisionResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ enum: REQUEST_STATES })
  requestState!: string;

  @ApiProperty({ type: String, nullable: true })
  stageState!: string | null;

  @ApiProperty({ type: String, nullable: true })
  seatState!: string | null;

  @ApiProperty({
    type: InboxItem,
    nullable: true,
    description: 'what waits for the decider next, as of this answer',
  })
  next!: InboxItem | null;

  @ApiProperty({ type: Boolean })
  replayed!: boolean;
}

const RELATIONS = ['BEFORE', 'AFTER', 'PARALLEL', 'CONSULT'] as const;
const RULES = ['ALL', 'ANY'] as const;
const MAX_ADDED = 50;

class SeatChangeBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  reason!: string;
}

class HolderBody extends SeatChangeBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;
}

export class TransferBody extends HolderBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'who answers instead' })
  @IsUUID()
  toPersonId!: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'where that person sits in the stage already, they answer once for both',
  })
  @MayBeLeftOut()
  @IsBoolean()
  merge?: boolean;
}

export class ClaimBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;
}

export class RetractBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;

  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4_000)
  reason?: string;
}

export class AddBody extends HolderBody {
  @ApiProperty({ type: [String], format: 'uuid', minItems: 1, maxItems: MAX_ADDED })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ADDED)
  @IsUUID(undefined, { each: true })
  personIds!: string[];

  @ApiProperty({
    enum: RELATIONS,
    description:
      'BEFORE: the seat waits for them · AFTER: its yes waits for theirs · PARALLEL: one vote more each · CONSULT: an opinion, no vote',
  })
  @IsIn(RELATIONS)
  relation!: (typeof RELATIONS)[number];

  @ApiPropertyOptional({ enum: RULES, default: 'ALL', description: 'how several of them decide together' })
  @MayBeLeftOut()
  @IsIn(RULES)
  rule?: (typeof RULES)[number];
}

export class RemoveBody extends SeatChangeBody {
  @ApiPropertyOptional({ type: Boolean, description: 'also when the removal alone decides the stage' })
  @MayBeLeftOut()
  @IsBoolean()
  acceptOutcome?: boolean;
}

export class SeatsResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: InboxItem, nullable: true, description: 'what waits for the caller next' })
  next!: InboxItem | null;

  @ApiProperty({ type: Boolean, description: 'the first answer to this key again' })
  replayed!: boolean;
}
