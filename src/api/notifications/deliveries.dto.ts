import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import {
  CHANNELS,
  DELIVERY_STATES,
  type ChannelName,
  type DeliveryState,
} from '../../queries/notification/deliveries.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { PersonRef } from '../http/wire.dto.js';

export class DeliveryQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATES })
  @MayBeLeftOut()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @ApiPropertyOptional({ enum: CHANNELS })
  @MayBeLeftOut()
  @IsIn(CHANNELS)
  channel?: ChannelName;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  requestId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  endpointId?: string;
}

class EndpointRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class DeliveryView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: CHANNELS })
  channel!: ChannelName;

  @ApiProperty({ type: EndpointRef })
  endpoint!: EndpointRef;

  @ApiProperty({ type: String, description: 'kind of notice, or type of event' })
  kind!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  number!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  person!: PersonRef | null;

  @ApiProperty({ enum: DELIVERY_STATES })
  state!: DeliveryState;

  @ApiProperty({ type: String, nullable: true, description: 'why it was skipped or failed' })
  code!: string | null;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: String, nullable: true })
  providerId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'what a messenger said when it took the card' })
  answer!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: string | null;
}

export class DeliveryPage extends pageOf(DeliveryView) {}

/** The message that was queued; what became of it is read there. */
export class DeliveryQueued {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;
}
