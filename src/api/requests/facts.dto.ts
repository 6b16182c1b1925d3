import { ApiProperty } from '@nestjs/swagger';

export class Fact {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ type: String })
  value!: string;

  @ApiProperty({ enum: ['GREEN', 'AMBER', 'RED'], nullable: true })
  flag!: 'GREEN' | 'AMBER' | 'RED' | null;
}

export class FactSnapshot {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'OPEN_CONTRACTS' })
  source!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  asOf!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'until when a yes may rest on it' })
  until!: string;

  @ApiProperty({ type: Boolean, description: 'too old for a yes now: it is read again before one is taken' })
  stale!: boolean;

  @ApiProperty({ type: [Fact] })
  facts!: Fact[];
}
