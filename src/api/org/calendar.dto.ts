import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

const KINDS = ['WORKDAY', 'WEEKEND', 'HOLIDAY', 'MAKEUP_WORKDAY'] as const;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MAX_WINDOWS = 10;
const MAX_DAYS = 400;

class WorkWindowBody {
  @ApiProperty({ type: String, example: '09:00' })
  @Matches(TIME, { message: 'a time of day, 09:00' })
  from!: string;

  @ApiProperty({ type: String, example: '12:00', description: '24:00 is midnight' })
  @Matches(TIME, { message: 'a time of day, 12:00' })
  to!: string;
}

class CalendarDayBody {
  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE)
  @IsISO8601({ strict: true })
  day!: string;

  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind!: (typeof KINDS)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  name?: string;
}

export class CalendarBody {
  @ApiPropertyOptional({ type: [WorkWindowBody], description: 'left out: as before' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_WINDOWS)
  @ValidateNested({ each: true })
  @Type(() => WorkWindowBody)
  workingHours?: WorkWindowBody[];

  @ApiPropertyOptional({
    type: [CalendarDayBody],
    description: 'days of the region the office lies in, added or changed; others stay',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_DAYS)
  @ValidateNested({ each: true })
  @Type(() => CalendarDayBody)
  days?: CalendarDayBody[];
}

export class CalendarChanged {
  @ApiProperty({ type: [String], description: 'the offices that work at other times now' })
  changed!: string[];
}
