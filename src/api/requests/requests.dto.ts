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
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Money, PersonRef } from '../http/wire.dto.js';
import { KIND_KEY } from '../../domain/request-kind/kind.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { IsFacts } from './is-facts.js';

/** More voters than this sit in no stage (AE-ADD-2). */
export const MAX_APPROVERS = 50;
const MAX_COMMENT = 4_000;

const hasNoKind = ({ kind }: GeneralRequestBody) => kind === undefined;

/** Either a document of a request kind, or a matter of another system in its own words. */
export class GeneralRequestBody {
  @ApiPropertyOptional({
    type: String,
    example: 'expense',
    description: 'a request kind; goes with document',
  })
  @MayBeLeftOut()
  @Matches(KIND_KEY)
  kind?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'by the schema of the kind',
  })
  @ValidateIf((body: GeneralRequestBody) => !hasNoKind(body) || body.document !== undefined)
  @IsObject()
  document?: Record<string, unknown>;

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 200, description: 'needed without kind' })
  @ValidateIf(hasNoKind)
  @IsString()
  @Matches(/\S/, { message: 'title must say something' })
  @MaxLength(200)
  title?: string;

  @ApiPropertyOptional({ type: Money })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => Money)
  amount?: Money;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: {
      oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
    },
    description: 'needed without kind: inputs of the policy approval.general; decimals as strings',
  })
  @ValidateIf(hasNoKind)
  @IsFacts()
  facts?: Record<string, string | boolean | string[]>;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'needed without kind' })
  @ValidateIf(hasNoKind)
  @IsObject()
  content?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_APPROVERS })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_APPROVERS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  approverIds?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'who is sent a copy' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ccPersonIds?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 50,
    description: 'without `kind`: whom it is for, besides the caller’s person; they approve nothing of it',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  beneficiaryIds?: string[];
}

export class WithdrawBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedVersion!: number;

  @ApiPropertyOptional({ type: String, maxLength: MAX_COMMENT })
  @MayBeLeftOut()
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
  @MayBeLeftOut()
  @IsString()
  @MaxLength(MAX_COMMENT)
  comment?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'who is sent a copy' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ccPersonIds?: string[];
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
