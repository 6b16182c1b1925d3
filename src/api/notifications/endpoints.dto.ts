import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { OUTSIDE_CHANNELS, type OutsideChannel } from '../../commands/channel/endpoint.js';
import { CHANNELS, type ChannelName } from '../../queries/notification/deliveries.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';

const LOCALES = ['zh-CN', 'en'] as const;
const STATES = ['ACTIVE', 'DISABLED'] as const;
const KIND = /^[A-Za-z][\w.-]{0,39}$/;

export class EndpointBody {
  @ApiProperty({ enum: OUTSIDE_CHANNELS })
  @IsIn(OUTSIDE_CHANNELS)
  channel!: OutsideChannel;

  @ApiProperty({ type: String, minLength: 1, maxLength: 120 })
  @IsString()
  @Length(1, 120)
  name!: string;

  @ApiProperty({ type: String, maxLength: 2000, description: 'https; kept sealed and never shown again' })
  @IsString()
  @Length(1, 2000)
  url!: string;

  @ApiPropertyOptional({ type: String, maxLength: 200, description: 'of a webhook: whsec_…; kept sealed' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 200)
  secret?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 40, description: 'kinds of notice, or types of event' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique()
  @Matches(KIND, { each: true })
  kinds?: string[];

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'a robot that only this person reads' })
  @MayBeLeftOut()
  @IsUUID()
  personId?: string;

  @ApiPropertyOptional({ enum: LOCALES, default: 'zh-CN' })
  @MayBeLeftOut()
  @IsIn(LOCALES)
  locale?: (typeof LOCALES)[number];
}

export class EndpointChangeBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedVersion!: number;

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 120 })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 120)
  name?: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 2000)
  url?: string;

  @ApiPropertyOptional({ type: String, maxLength: 200, description: 'empty: none any more' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  secret?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 40 })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(40)
  @ArrayUnique()
  @Matches(KIND, { each: true })
  kinds?: string[];

  @ApiPropertyOptional({ enum: STATES })
  @MayBeLeftOut()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}

export class Endpoint {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: CHANNELS })
  channel!: ChannelName;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: Boolean })
  hasSecret!: boolean;

  @ApiProperty({ type: [String] })
  kinds!: string[];

  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ enum: LOCALES })
  locale!: (typeof LOCALES)[number];

  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];

  @ApiProperty({ type: String, nullable: true })
  disabledCode!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'integer', description: 'messages of the last day' })
  sent!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: String, nullable: true })
  lastError!: string | null;
}
