import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MAX_REASSIGNED } from '../../commands/approval/reassign.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { REQUEST_KINDS } from '../requests/approval.dto.js';

const OUTCOMES = ['MOVED', 'MERGED', 'REFUSED'] as const;

export class HeldSeatsQuery extends PageQuery {
  @ApiProperty({ type: String, format: 'uuid', description: 'whose seats' })
  @IsUUID()
  personId!: string;

  @ApiPropertyOptional({ enum: REQUEST_KINDS })
  @MayBeLeftOut()
  @IsIn(REQUEST_KINDS)
  kind?: (typeof REQUEST_KINDS)[number];
}

export class HeldSeat {
  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: (typeof REQUEST_KINDS)[number];

  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: String })
  state!: string;

  @ApiProperty({ type: Money, nullable: true })
  amount!: Money | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'for whom it is held, if somebody else' })
  owner!: PersonRef | null;

  @ApiProperty({ type: Boolean, description: 'only an opinion is asked: it cannot be handed over' })
  isAdvice!: boolean;
}

export class HeldSeatPage extends pageOf(HeldSeat) {}

class SeatTarget {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  seatId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  toPersonId!: string;
}

export class MassTransferBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  fromPersonId!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    description: 'who takes what `targets` does not give to others',
  })
  @IsUUID()
  toPersonId!: string;

  @ApiPropertyOptional({ type: [SeatTarget], maxItems: MAX_REASSIGNED })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_REASSIGNED)
  @ValidateNested({ each: true })
  @Type(() => SeatTarget)
  targets?: SeatTarget[];

  @ApiPropertyOptional({ type: Boolean, description: 'only the seats of `targets`' })
  @MayBeLeftOut()
  @IsBoolean()
  onlyTargets?: boolean;

  @ApiPropertyOptional({ enum: REQUEST_KINDS })
  @MayBeLeftOut()
  @IsIn(REQUEST_KINDS)
  kind?: (typeof REQUEST_KINDS)[number];

  @ApiProperty({ type: String, minLength: 1, maxLength: 4000 })
  @IsString()
  @MinLength(1)
  @MaxLength(4_000)
  reason!: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'where the target sits in the stage already, they answer once for both',
  })
  @MayBeLeftOut()
  @IsBoolean()
  merge?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: '`next` of the answer before, with the same key',
  })
  @MayBeLeftOut()
  @IsUUID()
  after?: string;
}

class SeatMoved {
  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  toPersonId!: string;

  @ApiProperty({ enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({ type: String, nullable: true, description: 'why it was refused' })
  code!: string | null;

  @ApiProperty({ type: Boolean })
  replayed!: boolean;
}

export class MassTransferResult {
  @ApiProperty({ type: [SeatMoved] })
  results!: SeatMoved[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'where to go on; null at the end',
  })
  next!: string | null;
}
