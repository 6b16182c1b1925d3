import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import type { FreeTexts } from '../../queries/audit/free-texts.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';

export class FreeTextsQuery {
  @ApiProperty({ type: String, format: 'uuid', description: 'whose free text' })
  @IsUUID()
  personId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'only in this request' })
  @MayBeLeftOut()
  @IsUUID()
  requestId?: string;
}

class TextCopies implements Record<keyof FreeTexts['copies'], number> {
  @ApiProperty({ type: 'integer', description: 'comments of answers' })
  approval_decision!: number;

  @ApiProperty({ type: 'integer', description: 'comments of submissions' })
  approval_round!: number;

  @ApiProperty({ type: 'integer', description: 'reasons why somebody was asked in' })
  approval_seat!: number;

  @ApiProperty({ type: 'integer', description: 'reasons why a stage was staffed ahead' })
  approval_stage!: number;

  @ApiProperty({ type: 'integer' })
  contract!: number;

  @ApiProperty({ type: 'integer', description: 'why customers were blocked, and not any more' })
  customer_block!: number;

  @ApiProperty({ type: 'integer' })
  contract_dispute!: number;

  @ApiProperty({ type: 'integer' })
  contract_order!: number;

  @ApiProperty({ type: 'integer' })
  contract_version!: number;

  @ApiProperty({ type: 'integer' })
  milestone!: number;

  @ApiProperty({ type: 'integer', description: 'comments in notices' })
  notification!: number;

  @ApiProperty({ type: 'integer', description: 'why a case was paused or handed over' })
  collection_case!: number;

  @ApiProperty({ type: 'integer' })
  credit_note!: number;

  @ApiProperty({ type: 'integer', description: 'why payments were taken back or rejected' })
  payment!: number;

  @ApiProperty({ type: 'integer' })
  promise!: number;

  @ApiProperty({ type: 'integer' })
  receivable_dispute!: number;

  @ApiProperty({ type: 'integer' })
  receivable_entry!: number;
}

class TextsOfRequest {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: 'integer' })
  texts!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  lastAt!: string;
}

class OutOfReach {
  @ApiProperty({ type: 'integer', description: 'messages that have left with such a text in them' })
  messages!: number;

  @ApiProperty({ type: 'integer', description: 'files they put to requests' })
  files!: number;

  @ApiProperty({ type: 'integer', description: 'requests they submitted: their content stays' })
  subjects!: number;
}

export class FreeTextsFound {
  @ApiProperty({ type: PersonRef })
  person!: PersonRef;

  @ApiProperty({ type: 'integer', description: 'texts an erasure would take' })
  texts!: number;

  @ApiProperty({ type: TextCopies, description: 'of the same texts, for reading' })
  copies!: TextCopies;

  @ApiProperty({ type: 'integer', description: 'erased before: their digests are left' })
  erased!: number;

  @ApiProperty({ type: [TextsOfRequest], description: 'at most 50, those with most texts' })
  requests!: TextsOfRequest[];

  @ApiProperty({ type: OutOfReach })
  outOfReach!: OutOfReach;
}

export class ErasureBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'whose free text' })
  @IsUUID()
  personId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'only in this request' })
  @MayBeLeftOut()
  @IsUUID()
  requestId?: string;

  @ApiProperty({ type: String, minLength: 3, maxLength: 1000 })
  @IsString()
  @MinLength(3)
  @MaxLength(1000)
  reason!: string;
}

export class Erased {
  @ApiProperty({ type: 'integer', description: 'texts that were erased' })
  texts!: number;
}
