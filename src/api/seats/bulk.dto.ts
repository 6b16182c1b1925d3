import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MAX_BULK } from '../../domain/approval/bulk.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { Money, Problem } from '../http/wire.dto.js';
import { REQUEST_STATES } from '../requests/approval.dto.js';

const ACTIONS = ['APPROVE', 'REJECT', 'RETURN', 'ABSTAIN'] as const;
const PREVIEWED = ['APPROVE', 'REJECT'] as const;
const LIGHTS = ['GREEN', 'AMBER', 'RED'] as const;

class BulkDecision {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  seatId!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;

  @ApiProperty({ type: String, pattern: '^[0-9a-f]{64}$' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'subjectHash is the hash the list showed, 64 hex digits' })
  subjectHash!: string;

  @ApiProperty({ enum: ACTIONS, description: 'RETURN goes to the initiator' })
  @IsIn(ACTIONS)
  action!: (typeof ACTIONS)[number];

  @ApiPropertyOptional({ type: String, maxLength: 1000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(1_000)
  comment?: string;
}

export class BulkBody {
  @ApiProperty({ type: [BulkDecision], minItems: 1, maxItems: MAX_BULK })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BULK)
  @ArrayUnique((item: BulkDecision | null) => item?.seatId)
  @ValidateNested({ each: true })
  @Type(() => BulkDecision)
  items!: BulkDecision[];
}

class SeenSeat {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  seatId!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedSeatVersion!: number;

  @ApiProperty({ type: String, pattern: '^[0-9a-f]{64}$' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'subjectHash is the hash the list showed, 64 hex digits' })
  subjectHash!: string;
}

export class BulkPreviewBody {
  @ApiProperty({ enum: PREVIEWED })
  @IsIn(PREVIEWED)
  action!: (typeof PREVIEWED)[number];

  @ApiProperty({ type: [SeenSeat], minItems: 1, maxItems: MAX_BULK })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BULK)
  @ArrayUnique((item: SeenSeat | null) => item?.seatId)
  @ValidateNested({ each: true })
  @Type(() => SeenSeat)
  items!: SeenSeat[];
}

class Excluded {
  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: String, description: 'an obstacle of the list · CHANGED since it was seen · GONE' })
  obstacle!: string;
}

export class BulkPreview {
  @ApiProperty({ type: [String], format: 'uuid' })
  seatIds!: string[];

  @ApiProperty({ type: [Money], description: 'what they come to, per currency' })
  totals!: Money[];

  @ApiProperty({ type: [Excluded] })
  excluded!: Excluded[];

  @ApiProperty({ type: Boolean })
  commentRequired!: boolean;
}

export class BulkItemResult {
  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: 'integer', description: 'what the item alone would have been answered with' })
  status!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ enum: REQUEST_STATES, nullable: true })
  requestState!: string | null;

  @ApiProperty({ type: String, nullable: true })
  seatState!: string | null;

  @ApiProperty({ type: Boolean, description: 'the first answer to this key again' })
  replayed!: boolean;

  @ApiProperty({ type: Problem, nullable: true })
  problem!: Problem | null;
}

class BulkSummary {
  @ApiProperty({ type: 'integer' })
  total!: number;

  @ApiProperty({ type: 'integer' })
  succeeded!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ enum: LIGHTS, description: 'GREEN all · AMBER some · RED none' })
  light!: (typeof LIGHTS)[number];
}

export class BulkResult {
  @ApiProperty({ type: [BulkItemResult], description: 'in the order of the items' })
  results!: BulkItemResult[];

  @ApiProperty({ type: BulkSummary })
  summary!: BulkSummary;
}
