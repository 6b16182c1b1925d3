import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { CustomerRef } from '../customers/customers.dto.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { HolderChip } from '../requests/approval.dto.js';

const STATES = [
  'DRAFT',
  'IN_REVIEW',
  'RETURNED',
  'APPROVED',
  'SEALED',
  'EFFECTIVE',
  'REJECTED',
  'LAPSED',
  'CANCELLED',
] as const;
const OWNERS = ['me', 'all'] as const;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DATE_RULE = { message: '$property is a date YYYY-MM-DD' };

export class ContractListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];

  @ApiPropertyOptional({ enum: OWNERS })
  @IsOptional()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class ContractSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'C-2026-000045' })
  number!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];

  @ApiProperty({ type: CustomerRef })
  customer!: CustomerRef;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: HolderChip, nullable: true })
  holder!: HolderChip | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, format: 'uuid' })
  quoteId!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;
}

export class ContractPage extends pageOf(ContractSummary) {}

export class ContractClause {
  @ApiProperty({ type: String, maxLength: 60 })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  key!: string;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  title!: string;

  @ApiProperty({ type: String, maxLength: 10000 })
  @IsString()
  @MinLength(1)
  @MaxLength(10_000)
  text!: string;

  @ApiPropertyOptional({ type: Boolean, description: 'answered by the server; ignored when sent' })
  @IsOptional()
  @IsBoolean()
  standard?: boolean;
}

class PlanRow {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String })
  trigger!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn!: string | null;

  @ApiProperty({ type: String })
  pct!: string;

  @ApiProperty({ type: Money })
  amount!: Money;

  @ApiProperty({ type: String })
  state!: string;
}

class MilestoneView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: String, format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  doneOn!: string | null;

  @ApiProperty({ type: Boolean })
  overdue!: boolean;
}

export class ContractView extends ContractSummary {
  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;

  @ApiProperty({ type: [ContractClause] })
  clauses!: ContractClause[];

  @ApiProperty({ type: String })
  text!: string;

  @ApiProperty({ type: String, description: 'SHA-256 of the text as UTF-8' })
  textHash!: string;

  @ApiProperty({ type: String, nullable: true })
  signedHash!: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  hashMatches!: boolean | null;

  @ApiProperty({ type: 'integer' })
  termDays!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sealedAt!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  sealedBy!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  counterSignedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  effectiveOn!: string | null;

  @ApiProperty({ type: [PlanRow] })
  plan!: PlanRow[];

  @ApiProperty({ type: [MilestoneView] })
  milestones!: MilestoneView[];

  @ApiProperty({ type: [String] })
  actions!: string[];
}

export class ContractTextBody {
  @ApiProperty({ type: [ContractClause] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContractClause)
  clauses!: ContractClause[];
}

export class SealBody {
  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class SubmitContractBody {
  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'who is sent a copy' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ccPersonIds?: string[];
}

export class CancelContractBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  reason!: string;
}

export class CounterSignedBody {
  @ApiProperty({ type: String, format: 'date', description: 'the day on the signature' })
  @Matches(DATE, DATE_RULE)
  signedOn!: string;
}

export class CounterSignedForm extends CounterSignedBody {
  @ApiProperty({ type: String, format: 'binary' })
  file!: unknown;
}

export class MilestoneDoneBody {
  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE, DATE_RULE)
  doneOn!: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  note?: string;
}
