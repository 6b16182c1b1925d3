import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { INTEREST_MODES, type InterestMode } from '../../domain/receivable/debt.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';
import { IsDay } from './day.js';

const DECIMAL = /^\d{1,15}(\.\d{1,6})?$/;
const DECIMAL_RULE = { message: '$property is a plain decimal, not negative' };

function truth({ value }: { value: unknown }): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

export class AsOfQuery {
  @ApiPropertyOptional({ type: String, format: 'date', description: 'left out: today' })
  @MayBeLeftOut()
  @IsDay()
  asOf?: string;
}

export class AgingQuery extends AsOfQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;
}

export class ItemsQuery extends PageQuery {
  @ApiPropertyOptional({
    type: String,
    format: 'date',
    description: 'as it stood on the day; left out: today',
  })
  @MayBeLeftOut()
  @IsDay()
  asOf?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  contractId?: string;

  @ApiPropertyOptional({ type: String })
  @MayBeLeftOut()
  @Matches(/^[A-Z]{3}$/)
  currency?: string;

  @ApiPropertyOptional({ type: String, maxLength: 60 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  invoiceNo?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 4 })
  @MayBeLeftOut()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(4)
  level?: number;

  @ApiPropertyOptional({ type: Boolean, description: 'only what is past due on the day' })
  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  overdue?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'also what was settled by the day' })
  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  settled?: boolean;
}

export class OpenItemBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiProperty({ type: String, maxLength: 60 })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  invoiceNo!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 999, default: 1 })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(999)
  instalment?: number;

  @ApiProperty({ type: Money })
  @IsDefined()
  @ValidateNested()
  @Type(() => Money)
  amount!: Money;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  issuedOn!: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  dueOn!: string;

  @ApiPropertyOptional({ enum: INTEREST_MODES, default: 'NONE' })
  @MayBeLeftOut()
  @IsIn(INTEREST_MODES)
  interestMode?: InterestMode;

  @ApiPropertyOptional({
    type: String,
    description: 'yearly percent the debtor bears; the heaviest is paid first',
  })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  burdenPct?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'how much of it security covers; the least is paid first',
  })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  secured?: string;
}

export class PlanInvoiceBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  contractId!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(9999)
  planSeq!: number;

  @ApiProperty({ type: String, maxLength: 60 })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  invoiceNo!: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  issuedOn!: string;

  @ApiPropertyOptional({ type: String, format: 'date', description: 'left out: as the plan says' })
  @MayBeLeftOut()
  @IsDay()
  dueOn?: string;

  @ApiPropertyOptional({ enum: INTEREST_MODES, default: 'NONE' })
  @MayBeLeftOut()
  @IsIn(INTEREST_MODES)
  interestMode?: InterestMode;
}

export class WriteOffBody {
  @ApiProperty({ type: String, example: '120.00', description: 'in the currency of the item' })
  @Matches(DECIMAL, DECIMAL_RULE)
  amount!: string;

  @ApiProperty({ type: String, format: 'date' })
  @IsDay()
  on!: string;

  @ApiProperty({
    type: String,
    minLength: 3,
    maxLength: 500,
    description: 'limitation, insolvency, judgment',
  })
  @IsString()
  @MinLength(3)
  @MaxLength(500)
  evidence!: string;
}
