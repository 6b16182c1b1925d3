import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const AMOUNT = '^(0|[1-9]\\d{0,14})(\\.\\d{1,4})?$';
const CURRENCY = '^[A-Z]{3}$';
export const UNIT_KINDS = ['COMPANY', 'REGION', 'TEAM', 'DEPT', 'PRODUCT_LINE'] as const;

/** Decimal string and ISO 4217 code. As input never negative; scale against the currency is the domain's check. */
export class Money {
  @ApiProperty({
    type: String,
    pattern: '^-?\\d{1,15}(\\.\\d{1,4})?$',
    example: '1234.50',
  })
  @Matches(new RegExp(AMOUNT), {
    message: 'amount is a plain decimal string, at most 15 digits and 4 decimals',
  })
  amount!: string;

  @ApiProperty({ type: String, pattern: CURRENCY, example: 'CNY' })
  @Matches(new RegExp(CURRENCY), { message: 'currency is an ISO 4217 code' })
  currency!: string;
}

export class PersonRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;
}

export class UnitRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ enum: UNIT_KINDS })
  kind!: (typeof UNIT_KINDS)[number];
}

class ProblemField {
  @ApiProperty({
    type: String,
    description: 'RFC 6901 pointer into the request',
    example: '/lines/0/qty',
  })
  pointer!: string;

  @ApiProperty({ type: String })
  code!: string;

  @ApiProperty({ type: String })
  rule!: string;
}

/** RFC 9457. `code` is stable and never translated; codes add members of their own. */
export class Problem {
  @ApiProperty({ type: String })
  type!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty({ type: String, example: 'VALIDATION' })
  code!: string;

  /** One sentence: the rule, and what to do. */
  @ApiProperty({ type: String })
  detail!: string;

  @ApiProperty({ type: String })
  requestId!: string;

  @ApiPropertyOptional({ type: [ProblemField] })
  errors?: ProblemField[];
}
