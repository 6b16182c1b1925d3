import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { MayBeLeftOut } from './left-out.js';

/** Digits only: `1e1`, ` 5` and `0x5` are not numbers here. */
function wholeNumber({ value }: { value: unknown }): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** Query parameters every list takes; a list's own filters extend it. */
export class PageQuery {
  @ApiPropertyOptional({
    type: String,
    description: 'nextCursor of the page before',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 25,
  })
  @MayBeLeftOut()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

/** The wire class of one page of `item`: `class QuotePage extends pageOf(QuoteSummary) {}`. */
export function pageOf<T>(item: Type<T>): Type<{ items: T[]; nextCursor: string | null }> {
  class PageOf {
    @ApiProperty({ type: [item] })
    items!: T[];

    @ApiProperty({ type: String, nullable: true })
    nextCursor!: string | null;
  }
  return PageOf;
}
