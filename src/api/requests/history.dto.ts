import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../http/wire.dto.js';

export class ChangeRow {
  @ApiProperty({ type: String })
  path!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String, nullable: true })
  before!: string | null;

  @ApiProperty({ type: String, nullable: true })
  after!: string | null;

  @ApiProperty({ enum: ['BETTER', 'WORSE', 'NEUTRAL'] })
  direction!: 'BETTER' | 'WORSE' | 'NEUTRAL';
}

class TimelineText {
  @ApiProperty({ type: String, example: 'stage.activated' })
  key!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  params!: Record<string, string>;
}

export class TimelineEntry {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String })
  type!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  actor!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: TimelineText })
  text!: TimelineText;

  @ApiProperty({ type: String, nullable: true })
  comment!: string | null;

  @ApiProperty({ type: Boolean, description: 'it had a comment, which was erased' })
  erased!: boolean;
}
