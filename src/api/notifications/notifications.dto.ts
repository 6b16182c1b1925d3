import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/notification/notices.js';
import { PERSONAL_CHANNELS, type PersonalChannel } from '../../domain/notification/preferences.js';
import { MayBeLeftOut, MayBeNull } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const LOCALES = ['zh-CN', 'en'] as const;

export class NotificationQuery extends PageQuery {
  @ApiPropertyOptional({ type: Boolean, description: 'only what was not read' })
  @MayBeLeftOut()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  unread?: boolean;
}

export class NotificationView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: NOTICE_KINDS })
  kind!: NoticeKind;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'null when it is about deals' })
  requestId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'the first deal it is about' })
  opportunityId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'the contract it is about' })
  contractId!: string | null;

  @ApiProperty({ type: 'integer', description: 'how many deals it tells of' })
  count!: number;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String, nullable: true, description: 'the state it came to, or why it is over' })
  detail!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;
}

export class NotificationPage extends pageOf(NotificationView) {}

export class UnreadCount {
  @ApiProperty({ type: 'integer' })
  unread!: number;
}

export class MarkReadBody {
  @ApiProperty({ type: String, format: 'uuid', description: 'the newest one seen; older ones count as seen' })
  @IsUUID()
  upToId!: string;
}

export class QuietHoursBody {
  @ApiProperty({ type: String, example: '22:00' })
  @Matches(CLOCK, { message: 'HH:MM' })
  from!: string;

  @ApiProperty({ type: String, example: '07:30' })
  @Matches(CLOCK, { message: 'HH:MM' })
  to!: string;
}

export class PreferenceBody {
  @ApiProperty({ enum: NOTICE_KINDS })
  @IsIn(NOTICE_KINDS)
  kind!: NoticeKind;

  @ApiProperty({ enum: PERSONAL_CHANNELS })
  @IsIn(PERSONAL_CHANNELS)
  channel!: PersonalChannel;

  @ApiProperty({ type: Boolean })
  @IsBoolean()
  enabled!: boolean;
}

export class NotificationSettingsBody {
  @ApiProperty({ type: String, nullable: true, description: 'where mail goes; null = none' })
  @MayBeNull()
  @IsEmail()
  @MaxLength(320)
  email!: string | null;

  @ApiProperty({ enum: LOCALES })
  @IsIn(LOCALES)
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ type: QuietHoursBody, nullable: true, description: 'by the clock of the person’s zone' })
  @MayBeNull()
  @ValidateNested()
  @Type(() => QuietHoursBody)
  quiet!: QuietHoursBody | null;

  @ApiProperty({ type: [PreferenceBody] })
  @IsArray()
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => PreferenceBody)
  matrix!: PreferenceBody[];
}
