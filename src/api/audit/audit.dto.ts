import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { ACCESS_KINDS, type AccessKind } from '../../queries/audit/accesses.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';

export class AccessQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'whose attempts, reads and exports' })
  @MayBeLeftOut()
  @IsUUID()
  personId?: string;

  @ApiPropertyOptional({ enum: ACCESS_KINDS })
  @MayBeLeftOut()
  @IsIn(ACCESS_KINDS)
  kind?: AccessKind;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'the request or person that was read' })
  @MayBeLeftOut()
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
