import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { ACCESS_KINDS, type AccessKind } from '../../queries/audit/accesses.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';

export class AccessQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'whose attempts, reads and exports' })
  @IsOptional()
  @IsUUID()
  personId?: string;

  @ApiPropertyOptional({ enum: ACCESS_KINDS })
  @IsOptional()
  @IsIn(ACCESS_KINDS)
  kind?: AccessKind;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'the request or person that was read' })
  @IsOptional()
  @IsUUID()
  targetId?: string;
}

class AccessedRequest {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;
}

export class AccessView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ACCESS_KINDS })
  kind!: AccessKind;

  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ type: String, description: 'REQUEST, AUDIT …; of what was refused, method and path' })
  what!: string;

  @ApiProperty({ type: String, nullable: true, description: 'why it was refused' })
  code!: string | null;

  @ApiProperty({ type: AccessedRequest, nullable: true })
  request!: AccessedRequest | null;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'whose tasks were read' })
  ofPerson!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  correlationId!: string | null;
}

export class AccessPage extends pageOf(AccessView) {}

export class ErasureBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'whose free text' })
  @IsUUID()
  personId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'only in this request' })
  @IsOptional()
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
