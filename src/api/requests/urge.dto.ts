import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, IsUUID, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';

export class UrgeBody {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'only this task, or those it waits for; left out: everybody who owes an answer',
  })
  @MayBeLeftOut()
  @IsUUID()
  seatId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 500 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(500)
  comment?: string;
}

class UrgedSeat {
  @ApiProperty({
    type: String,
    format: 'uuid',
    description: 'that of a stage of its own, where it waits there',
  })
  requestId!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: PersonRef })
  person!: PersonRef;

  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'from when on it may be urged again' })
  againAt!: string;
}

export class UrgeResult {
  @ApiProperty({ type: [UrgedSeat] })
  notified!: UrgedSeat[];

  @ApiProperty({ type: [UrgedSeat], description: 'urged too lately' })
  leftAlone!: UrgedSeat[];
}
