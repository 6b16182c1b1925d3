import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Money, PersonRef } from '../http/wire.dto.js';
import { IsFacts } from './is-facts.js';

/** More voters than this sit in no stage (AE-ADD-2). */
export const MAX_APPROVERS = 50;
const MAX_COMMENT = 4_000;

export class GeneralRequestBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 200 })
  @IsString()
  @Matches(/\S/, { message: 'title must say something' })
  @MaxLength(200)
  title!: string;

  @ApiPropertyOptional({ type: Money })
  @IsOptional()
  @ValidateNested()
  @Type(() => Money)
  amount?: Money;

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
    },
    description: 'inputs of the policy approval.general; decimals as strings',
  })
  @IsFacts()
  facts!: Record<string, string | boolean | string[]>;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  content!: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_APPROVERS })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_APPROVERS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  approverIds?: string[];
}

export class WithdrawBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedVersion!: number;

  @ApiPropertyOptional({ type: String, maxLength: MAX_COMMENT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_COMMENT)
  reason?: string;
}

export class ResubmitBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedVersion!: number;

  @ApiPropertyOptional({ type: String, maxLength: MAX_COMMENT })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;
}

export class InitiatorBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'who answers the return instead' })
  @IsUUID()
  personId!: string;

  @ApiProperty({ type: String, minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  reason!: string;
}

export class TerminateBody {
  @ApiProperty({ type: String, maxLength: MAX_COMMENT })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_COMMENT)
  reason!: string;
}

export class AcceptOutcomeBody extends TerminateBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  stageId!: string;
}

export class RestaffBody extends TerminateBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  stageId!: string;

  @ApiProperty({ type: [String], minItems: 1, maxItems: MAX_APPROVERS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_APPROVERS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  personIds!: string[];
}

export class AuditEvent {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  type!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  actor!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  cause!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  payload!: unknown;

  @ApiProperty({ type: String })
  prevHash!: string;

  @ApiProperty({ type: String })
  hash!: string;
}

export class RequestAudit {
  @ApiProperty({ type: [AuditEvent] })
  events!: AuditEvent[];

  @ApiProperty({ type: Boolean })
  verified!: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  firstBadSeq!: number | null;
}
