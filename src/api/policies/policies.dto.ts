import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import type { Json } from '../../domain/json.js';
import { IsInstant } from '../http/instant.js';

export const KIND = /^[a-z]+(\.[a-z]+)?$/;

export class PolicyQuery {
  @ApiPropertyOptional({ type: String, example: 'approval.quote' })
  @IsOptional()
  @MaxLength(60)
  @Matches(KIND)
  kind?: string;
}

export class PolicyView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: ['DRAFT', 'SCHEDULED', 'ACTIVE', 'ENDED'] })
  state!: 'DRAFT' | 'SCHEDULED' | 'ACTIVE' | 'ENDED';

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validFrom!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  content!: unknown;
}

export class PolicyDraftBody {
  @ApiProperty({ type: String, example: 'approval.quote' })
  @MaxLength(60)
  @Matches(KIND)
  kind!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  content!: Json;

  @ApiProperty({ type: String, maxLength: 500, description: 'why it changes' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  note!: string;
}

export class PublishPolicyBody {
  @ApiProperty({ type: String, format: 'date-time', description: 'in force from then on; still to come' })
  @IsInstant()
  validFrom!: string;
}
