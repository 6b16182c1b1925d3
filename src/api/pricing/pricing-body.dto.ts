import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/left-out.js';

const DECIMAL = /^\d{1,15}(\.\d{1,8})?$/;
const DECIMAL_RULE = { message: '$property is a plain decimal string' };
const CURRENCY = /^[A-Z]{3}$/;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MAX_ITEMS = 5_000;

export class PriceListBody {
  @ApiProperty({ type: String, pattern: '^[A-Z]{3}$' })
  @Matches(CURRENCY, { message: 'currency is an ISO 4217 code' })
  currency!: string;

  @ApiPropertyOptional({ type: String, maxLength: 10, description: 'customer tier; left out: any' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(10)
  tier?: string;

  @ApiPropertyOptional({ type: String, maxLength: 40, description: 'customer region; left out: any' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(40)
  region?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'the list whose prices it begins with' })
  @MayBeLeftOut()
  @IsUUID()
  basedOn?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  note?: string;
}

class PriceStepBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  productId!: string;

  @ApiPropertyOptional({ type: String, example: '50', description: 'from how many units on; left out: any' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  minQty?: string;

  @ApiProperty({ type: String, example: '520.00' })
  @Matches(DECIMAL, DECIMAL_RULE)
  list!: string;

  @ApiProperty({ type: String, example: '380.00' })
  @Matches(DECIMAL, DECIMAL_RULE)
  floor!: string;
}

export class PriceListEditBody {
  @ApiProperty({ type: [PriceStepBody] })
  @IsArray()
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => PriceStepBody)
  items!: PriceStepBody[];

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class ValidityBody {
  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'left out: at once' })
  @MayBeLeftOut()
  @IsInstant()
  validFrom?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'left out: until the next one' })
  @MayBeLeftOut()
  @IsInstant()
  validTo?: string;
}

export class SendBackBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 500 })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}

export class SourcedBody extends ValidityBody {
  @ApiPropertyOptional({ type: String, maxLength: 120, example: 'PBOC midpoint' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(120)
  source?: string;
}

class CostBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  productId!: string;

  @ApiProperty({ type: String })
  @Matches(CURRENCY, { message: 'currency is an ISO 4217 code' })
  currency!: string;

  @ApiProperty({ type: String })
  @Matches(DECIMAL, DECIMAL_RULE)
  cost!: string;
}

export class CostsBody extends SourcedBody {
  @ApiProperty({ type: [CostBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @ValidateNested({ each: true })
  @Type(() => CostBody)
  costs!: CostBody[];
}

class RateBody {
  @ApiProperty({ type: String })
  @Matches(CURRENCY, { message: 'currency is an ISO 4217 code' })
  currency!: string;

  @ApiProperty({ type: String, example: '7.1234' })
  @Matches(DECIMAL, DECIMAL_RULE)
  rate!: string;

  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE)
  asOf!: string;
}

export class RatesBody extends SourcedBody {
  @ApiProperty({ type: [RateBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RateBody)
  rates!: RateBody[];
}

export class RebateBody extends SourcedBody {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  productId?: string;

  @ApiPropertyOptional({ type: String, description: 'net in base currency from which on it is paid' })
  @MayBeLeftOut()
  @Matches(DECIMAL, DECIMAL_RULE)
  fromAmount?: string;

  @ApiProperty({ type: String, example: '2' })
  @Matches(DECIMAL, DECIMAL_RULE)
  pct!: string;
}
