import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, IsUrl, IsUUID, Length, Matches, ValidateNested } from 'class-validator';
import { ROLES, type Role } from '../../domain/org/directory.js';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut, MayBeNull } from '../http/left-out.js';
import { Money, UNIT_KINDS } from '../http/wire.dto.js';

const HIERARCHIES = ['REPORTING', 'PRODUCT'] as const;
const POSITIONS = ['HEAD', 'DEPUTY', 'MEMBER'] as const;
const LOCALES = ['zh-CN', 'en'] as const;

export class UnitBody {
  @ApiProperty({ type: String, maxLength: 60 })
  @Matches(/^[a-z0-9][a-z0-9-]{0,59}$/)
  code!: string;

  @ApiProperty({ type: String, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  name!: string;

  @ApiProperty({ enum: UNIT_KINDS })
  @IsIn(UNIT_KINDS)
  kind!: (typeof UNIT_KINDS)[number];

  @ApiProperty({ enum: HIERARCHIES })
  @IsIn(HIERARCHIES)
  hierarchy!: (typeof HIERARCHIES)[number];

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  parentId?: string;
}

export class MoveUnitBody {
  @ApiProperty({ enum: HIERARCHIES })
  @IsIn(HIERARCHIES)
  hierarchy!: (typeof HIERARCHIES)[number];

  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  parentId!: string;
}

export class PersonBody {
  @ApiProperty({ type: String, maxLength: 80 })
  @Matches(/^[a-z0-9][a-z0-9.-]{0,79}$/)
  username!: string;

  @ApiProperty({ type: String, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  name!: string;

  @ApiPropertyOptional({ type: String, maxLength: 120 })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 120)
  title?: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  unitId!: string;

  @ApiProperty({ enum: POSITIONS })
  @IsIn(POSITIONS)
  position!: (typeof POSITIONS)[number];

  @ApiPropertyOptional({ enum: LOCALES, default: 'zh-CN' })
  @MayBeLeftOut()
  @IsIn(LOCALES)
  locale?: (typeof LOCALES)[number];

  @ApiPropertyOptional({
    type: String,
    format: 'password',
    minLength: 12,
    maxLength: 200,
  })
  @MayBeLeftOut()
  @IsString()
  @Length(12, 200)
  password?: string;
}

export class PostBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  unitId!: string;

  @ApiProperty({
    enum: POSITIONS,
    description: 'whoever is head or deputy of the unit is a member of it from then on',
  })
  @IsIn(POSITIONS)
  position!: (typeof POSITIONS)[number];
}

export class HumanBody {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'another account of the same human; null: it is the only one',
  })
  @MayBeNull()
  @IsUUID()
  sameAs!: string | null;
}

export class LeaverQuery {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'who takes over what is theirs in person; default: whoever they reported to',
  })
  @MayBeLeftOut()
  @IsUUID()
  successorId?: string;
}

export class GrantBody {
  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'default: everywhere',
  })
  @MayBeLeftOut()
  @IsUUID()
  unitId?: string;

  @ApiPropertyOptional({ type: Money })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => Money)
  limit?: Money;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @MayBeLeftOut()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @MayBeLeftOut()
  @IsInstant()
  to?: string;
}

export class IdentityBody {
  @ApiProperty({ type: String, maxLength: 300 })
  @IsUrl({
    protocols: ['http', 'https'],
    require_tld: false,
    require_protocol: true,
  })
  @Length(1, 300)
  issuer!: string;

  @ApiProperty({ type: String, maxLength: 300 })
  @IsString()
  @Length(1, 300)
  subject!: string;
}
