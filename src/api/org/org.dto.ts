import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsTimeZone,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef, UnitRef } from '../http/wire.dto.js';

const ABSENCE_MODES = ['REPLACE', 'SHARE'] as const;
const COVERED = String.raw`(approval\.[\w.-]{1,50}|request\.[a-z][a-z0-9-]{1,39})`;
const COVERED_KIND = new RegExp(`^${COVERED}$`);
const COVERED_KINDS = new RegExp(`^${COVERED}(,${COVERED}){0,19}$`);

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

/** Whom a form may name: by name, no more. */
export class ColleaguePage extends pageOf(PersonRef) {}

export class PersonPage extends pageOf(PersonView) {}

export class PeopleQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

export class ColleaguesQuery extends PeopleQuery {
  @ApiPropertyOptional({
    type: String,
    description: 'ids, comma-separated, at most 50: whom a document names already, also when they have left',
  })
  @MayBeLeftOut()
  @Matches(new RegExp(`^${UUID}(?:,${UUID}){0,49}$`, 'i'))
  ids?: string;
}

export class UnitNode extends UnitRef {
  @ApiProperty({ type: PersonRef, nullable: true })
  head!: PersonRef | null;

  @ApiProperty({ type: () => [UnitNode] })
  children!: UnitNode[];
}

export class UnitsQuery {
  @ApiPropertyOptional({ enum: ['REPORTING', 'PRODUCT'], default: 'REPORTING' })
  @MayBeLeftOut()
  @IsIn(['REPORTING', 'PRODUCT'])
  hierarchy?: 'REPORTING' | 'PRODUCT';

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @MayBeLeftOut()
  @IsInstant()
  asOf?: string;
}

export class AbsenceBody {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'somebody else, for the entitled; default oneself',
  })
  @MayBeLeftOut()
  @IsUUID()
  personId?: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  from!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  delegateId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  note?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 20,
    description: 'kinds of approval policy, and request kinds, it is about; default: all',
    example: ['approval.quote', 'request.expense'],
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(COVERED_KIND, { each: true })
  kinds?: string[];

  @ApiPropertyOptional({ type: Money, description: 'above it the stand-in does not act' })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => Money)
  maxAmount?: Money;

  @ApiPropertyOptional({
    enum: ABSENCE_MODES,
    description: 'REPLACE, the default: the stand-in answers; SHARE: either of the two may',
  })
  @MayBeLeftOut()
  @IsIn(ABSENCE_MODES)
  mode?: (typeof ABSENCE_MODES)[number];

  @ApiPropertyOptional({ type: Boolean, description: 'what is open when it begins goes along' })
  @MayBeLeftOut()
  @IsBoolean()
  includeOpen?: boolean;

  @ApiPropertyOptional({ type: String, maxLength: 60, example: 'Asia/Shanghai' })
  @MayBeLeftOut()
  @IsTimeZone()
  @MaxLength(60)
  zone?: string;
}

export class AffectedQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'whose seats; default: one’s own' })
  @MayBeLeftOut()
  @IsUUID()
  personId?: string;

  @ApiPropertyOptional({
    type: String,
    description: 'kinds of approval policy, and request kinds, separated by commas',
  })
  @MayBeLeftOut()
  @Matches(COVERED_KINDS)
  kinds?: string;
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

  @ApiProperty({ type: [String], nullable: true, description: 'null: all kinds' })
  kinds!: string[] | null;

  @ApiProperty({ type: Money, nullable: true })
  maxAmount!: Money | null;

  @ApiProperty({ enum: ABSENCE_MODES })
  mode!: (typeof ABSENCE_MODES)[number];

  @ApiProperty({ type: Boolean })
  includeOpen!: boolean;

  @ApiProperty({ type: String, nullable: true })
  zone!: string | null;
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
  @MayBeLeftOut()
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
