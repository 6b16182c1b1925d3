import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { CHANGE_KINDS, type ChangeKind } from '../../domain/contract/amendment.js';
import type { PlanTrigger } from '../../domain/contract/plan.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { ContractClause } from './contracts.dto.js';

const TRIGGERS = ['SIGNING', 'DELIVERY', 'ACCEPTANCE', 'WARRANTY', 'DATE'] as const;
const HASH = /^[0-9a-f]{64}$/;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class ChangedLine {
  @ApiProperty({ type: String, maxLength: 300 })
  @IsString()
  @MinLength(1)
  @MaxLength(300)
  name!: string;

  @ApiProperty({ type: String, example: '9' })
  @IsString()
  @MaxLength(20)
  qty!: string;

  @ApiProperty({ type: String, example: '100000.00' })
  @IsString()
  @MaxLength(20)
  unitNet!: string;
}

export class ChangedInstalment {
  @ApiProperty({ enum: TRIGGERS })
  @IsIn(TRIGGERS)
  trigger!: PlanTrigger;

  @ApiProperty({ type: String, example: '30' })
  @Matches(/^\d{1,3}(\.\d{1,6})?$/, { message: 'pct is a decimal' })
  pct!: string;

  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(0)
  @Max(3650)
  days!: number;
}

/** What the change says; what it leaves out stays as it is. */
export class ChangeBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  reason!: string;

  @ApiPropertyOptional({ type: [ChangedLine], description: 'all lines of the new version' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ChangedLine)
  lines?: ChangedLine[];

  @ApiPropertyOptional({ type: 'integer' })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(3650)
  termDays?: number;

  @ApiPropertyOptional({ type: [ChangedInstalment] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => ChangedInstalment)
  instalments?: ChangedInstalment[];

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3650)
  deliveryDays?: number | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(600)
  warrantyMonths?: number | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(600)
  durationMonths?: number | null;

  @ApiPropertyOptional({ type: [ContractClause] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContractClause)
  clauses?: ContractClause[];

  @ApiPropertyOptional({ type: String, format: 'date', description: 'of a termination: the day it ends' })
  @MayBeLeftOut()
  @Matches(DATE, { message: '$property is a date YYYY-MM-DD' })
  terminatesOn?: string;
}

export class EditChangeBody extends ChangeBody {
  @ApiProperty({
    type: String,
    description: 'textHash of the version this is written from; another text since then is refused (409)',
  })
  @Matches(HASH, { message: 'basedOn is the textHash of a version' })
  basedOn!: string;
}

export class ProposeChangeBody extends ChangeBody {
  @ApiProperty({ enum: CHANGE_KINDS })
  @IsIn(CHANGE_KINDS)
  kind!: ChangeKind;

  @ApiPropertyOptional({
    type: String,
    description: 'textHash of the version this is written from; another text since then is refused (409)',
  })
  @MayBeLeftOut()
  @Matches(HASH, { message: 'basedOn is the textHash of a version' })
  basedOn?: string;
}

export class ContractLine extends ChangedLine {
  @ApiProperty({ type: 'integer' })
  no!: number;

  @ApiProperty({ type: String })
  net!: string;
}

class ShownInstalment {
  @ApiProperty({ type: String })
  trigger!: string;

  @ApiProperty({ type: String })
  pct!: string;

  @ApiProperty({ type: 'integer' })
  days!: number;
}

class TermDifference {
  @ApiProperty({ type: String, example: 'total' })
  field!: string;

  @ApiProperty({ type: String, nullable: true })
  before!: string | null;

  @ApiProperty({ type: String, nullable: true })
  after!: string | null;
}

class TextChange {
  @ApiProperty({ enum: ['ADDED', 'REMOVED'] })
  kind!: 'ADDED' | 'REMOVED';

  @ApiProperty({ type: String })
  text!: string;
}

export class ContractVersionView {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: ['ORIGINAL', ...CHANGE_KINDS] })
  kind!: 'ORIGINAL' | ChangeKind;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: 'integer' })
  termDays!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  deliveryDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  warrantyMonths!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  durationMonths!: number | null;

  @ApiProperty({ type: [ContractLine] })
  lines!: ContractLine[];

  @ApiProperty({ type: [ShownInstalment] })
  instalments!: ShownInstalment[];

  @ApiProperty({ type: [ContractClause] })
  clauses!: ContractClause[];

  @ApiProperty({ type: String, format: 'date', nullable: true })
  terminatesOn!: string | null;

  @ApiProperty({ type: String })
  textHash!: string;

  @ApiProperty({ type: String, nullable: true })
  reviewNote!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  inForceAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  inForceUntil!: string | null;

  @ApiProperty({ type: [TermDifference], description: 'against the version in force before it' })
  differences!: TermDifference[];

  @ApiProperty({ type: [TextChange], description: 'lines of the text that come and go' })
  textChanges!: TextChange[];
}
