import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,8})?$/;
const DECIMAL_RULE = { message: '$property is a plain decimal string' };
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TRIGGERS = ['SIGNING', 'DELIVERY', 'ACCEPTANCE', 'WARRANTY', 'DATE'] as const;
const MAX_DAYS = 3_650;

export class QuoteLineBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  productId!: string;

  @ApiProperty({ type: String, example: '2' })
  @Matches(DECIMAL, DECIMAL_RULE)
  qty!: string;

  @ApiPropertyOptional({
    type: String,
    example: '4500.00',
    description: 'net price of one unit; or discountPct',
  })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  unitNet?: string;

  @ApiPropertyOptional({ type: String, example: '12.5' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  discountPct?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'given away; counts at list in the deal discount' })
  @MayBeLeftOut()
  @IsBoolean()
  free?: boolean;

  @ApiPropertyOptional({ type: String, example: '120.00', description: 'what bringing the line costs us' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  freight?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class InstalmentBody {
  @ApiProperty({ enum: TRIGGERS })
  @IsIn(TRIGGERS)
  trigger!: (typeof TRIGGERS)[number];

  @ApiProperty({ type: String, example: '30' })
  @Matches(DECIMAL, DECIMAL_RULE)
  pct!: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MAX_DAYS })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(MAX_DAYS)
  days?: number;
}

export class QuoteBody {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  opportunityId?: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;

  @ApiProperty({ type: String, pattern: '^[A-Z]{3}$' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency is an ISO 4217 code' })
  currency!: string;

  @ApiProperty({ type: [QuoteLineBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => QuoteLineBody)
  lines!: QuoteLineBody[];

  @ApiPropertyOptional({ type: String, example: '5' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  dealDiscountPct?: string;

  @ApiPropertyOptional({ type: String, example: '800.00', description: 'what bringing the goods costs us' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  freight?: string;

  @ApiPropertyOptional({ type: String, example: '1.5', description: 'percent of the net' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  commissionPct?: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_DAYS })
  @IsInt()
  @Min(0)
  @Max(MAX_DAYS)
  termDays!: number;

  @ApiPropertyOptional({ type: [InstalmentBody] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(36)
  @ValidateNested({ each: true })
  @Type(() => InstalmentBody)
  instalments?: InstalmentBody[];

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: MAX_DAYS })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(MAX_DAYS)
  deliveryDays?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 600 })
  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(600)
  warrantyMonths?: number;

  @ApiPropertyOptional({ type: [String] })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  nonStandardClauses?: string[];

  @ApiPropertyOptional({ type: String, format: 'date' })
  @MayBeLeftOut()
  @Matches(DATE, { message: 'validUntil is a date YYYY-MM-DD' })
  validUntil?: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}
