import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import type { Json } from '../../domain/json.js';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { KIND } from './policies.dto.js';

export class PolicyDraftBody {
  @ApiProperty({ type: String, example: 'approval.quote' })
  @MaxLength(60)
  @Matches(KIND)
  kind!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'left out: what the newest version says',
  })
  @MayBeLeftOut()
  @IsObject()
  content?: Json;

  @ApiProperty({ type: String, maxLength: 500, description: 'why it changes' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  note!: string;
}

export class PolicyEditBody {
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  content!: Json;

  @ApiPropertyOptional({ type: String, maxLength: 500, description: 'why it changes' })
  @MayBeLeftOut()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  note?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'the newest version, once what it changed is taken over',
  })
  @MayBeLeftOut()
  @IsUUID()
  basedOn?: string;
}

export class PolicySubmitBody {
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'wanted in force from then on; left out: once it is approved',
  })
  @MayBeLeftOut()
  @IsInstant()
  validFrom?: string;
}

export class PolicyApproveBody {
  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'in force from then on, still to come; left out: as its author wants it',
  })
  @MayBeLeftOut()
  @IsInstant()
  validFrom?: string;
}

export class PolicyReasonBody {
  @ApiProperty({ type: String, maxLength: 2000 })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  reason!: string;
}

export class PolicySheetForm {
  @ApiProperty({ type: String, format: 'binary', description: 'XLSX as exported, at most 2 MB' })
  file!: unknown;
}
