import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength, ValidateBy } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

/** More dimensions than this has no policy. */
export const MAX_DIMENSIONS = 50;
const MAX_TEXT = 200;
const MAX_ITEMS = 200;
const MEASURE = { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };

/** One dimension in which an approver covers more or less than they see. */
export class EnvelopeWish {
  @ApiProperty({ type: String, maxLength: 60, example: 'discountPct' })
  @IsString()
  @MaxLength(60)
  dimension!: string;

  @ApiPropertyOptional({ ...MEASURE, description: 'up to where you approve, decimals as strings' })
  @MayBeLeftOut()
  @ValidateBy({
    name: 'isBound',
    validator: {
      validate: isBound,
      defaultMessage: () =>
        `allowed is a text or at most ${MAX_ITEMS} texts, of at most ${MAX_TEXT} characters`,
    },
  })
  allowed?: string | string[];

  @ApiPropertyOptional({ type: Boolean, description: 'exactly what you see, and nothing better either' })
  @MayBeLeftOut()
  @IsBoolean()
  exact?: boolean;
}

function isBound(value: unknown): boolean {
  if (Array.isArray(value)) return value.length <= MAX_ITEMS && value.every(isShort);
  return isShort(value);
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}
