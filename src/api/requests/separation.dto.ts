import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../http/wire.dto.js';

const SEPARATIONS = [
  'DISTINCT',
  'NOT_INITIATOR',
  'NOT_BENEFICIARY',
  'NOT_REPORT_OF_INITIATOR',
  'NOT_BOTH',
  'MIN_PERSONS',
] as const;
type Kind = (typeof SEPARATIONS)[number];

class SeparationRule {
  @ApiProperty({ enum: SEPARATIONS })
  kind!: Kind;

  @ApiProperty({ type: String, nullable: true, description: 'DISTINCT: the other stage' })
  stage!: string | null;

  @ApiProperty({ type: [String], description: 'NOT_BOTH: the two roles' })
  roles!: string[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'MIN_PERSONS: how many' })
  count!: number | null;
}

export class SeparationCheck {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf!: PersonRef | null;

  @ApiProperty({ type: [SeparationRule], description: 'what was checked; all of it held' })
  rules!: SeparationRule[];

  @ApiProperty({ enum: SEPARATIONS, nullable: true, description: 'would refuse it now; the approval stands' })
  drift!: Kind | null;
}
