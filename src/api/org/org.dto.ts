import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { IsInstant } from '../http/instant.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef, UnitRef } from '../http/wire.dto.js';

class PersonRole {
  @ApiProperty({ type: String })
  role!: string;

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: UnitRef | null;

  @ApiProperty({ type: Money, nullable: true })
  limit!: Money | null;
}

export class PersonView extends PersonRef {
  @ApiProperty({ type: Boolean })
  active!: boolean;

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: UnitRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  manager!: PersonRef | null;

  @ApiProperty({ type: [PersonRole] })
  roles!: PersonRole[];
}

export class PersonPage extends pageOf(PersonView) {}

export class PeopleQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class UnitNode extends UnitRef {
  @ApiProperty({ type: PersonRef, nullable: true })
  head!: PersonRef | null;

  @ApiProperty({ type: () => [UnitNode] })
  children!: UnitNode[];
}

export class UnitsQuery {
  @ApiPropertyOptional({ enum: ['REPORTING', 'PRODUCT'], default: 'REPORTING' })
  @IsOptional()
  @IsIn(['REPORTING', 'PRODUCT'])
  hierarchy?: 'REPORTING' | 'PRODUCT';

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @IsOptional()
  @IsInstant()
  asOf?: string;
}

export class AbsenceBody {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'somebody else, for the entitled; default oneself',
  })
  @IsOptional()
  @IsUUID()
  personId?: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  delegateId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class AbsenceView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: PersonRef })
  person!: PersonRef;

  @ApiProperty({ type: PersonRef, nullable: true })
  delegate!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  to!: string;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export class AbsencePage extends pageOf(AbsenceView) {}

export class DelegationBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  toId!: string;

  @ApiProperty({ type: String })
  @IsString()
  @Length(1, 30)
  role!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'which grant of the role; default all of them',
  })
  @IsOptional()
  @IsUUID()
  unitId?: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiProperty({ type: String, maxLength: 500 })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class DelegationView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: PersonRef })
  from!: PersonRef;

  @ApiProperty({ type: PersonRef })
  to!: PersonRef;

  @ApiProperty({ type: String })
  role!: string;

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: UnitRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  validFrom!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  validTo!: string;

  @ApiProperty({ type: String })
  reason!: string;
}

export class DelegationPage extends pageOf(DelegationView) {}

export class CreatedId {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;
}
