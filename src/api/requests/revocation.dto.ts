import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Matches, MaxLength, Min, MinLength } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

export class RevokeBody {
  @ApiProperty({ type: 'integer', minimum: 1, description: 'the version of the request the caller saw' })
  @IsInt()
  @Min(1)
  expectedVersion!: number;

  @ApiProperty({ type: String, minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  reason!: string;
}

export class IrreversibleBody {
  @ApiProperty({
    type: String,
    pattern: '^[A-Z][A-Z_]{1,59}$',
    description: 'what cannot be undone, as one word: SHIPPED, INVOICED',
  })
  @Matches(/^[A-Z][A-Z_]{1,59}$/, { message: 'effect is one word in capitals, for instance SHIPPED' })
  effect!: string;

  @ApiPropertyOptional({
    type: String,
    pattern: '^[0-9a-f]{64}$',
    description: 'subjectHash of the request the effect follows from; another one is refused (NOT_COVERED)',
  })
  @MayBeLeftOut()
  @Matches(/^[0-9a-f]{64}$/)
  subjectHash?: string;
}

export class IrreversibleResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  effect!: string;
}
