import { ApiProperty } from '@nestjs/swagger';

const DIRECTIONS = ['AT_MOST', 'AT_LEAST', 'WITHIN', 'SAME'] as const;
const MEASURE = {
  oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
  nullable: true,
};

export class BoundView {
  @ApiProperty({ type: String, example: 'discountPct' })
  dimension!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty({ enum: DIRECTIONS })
  direction!: (typeof DIRECTIONS)[number];

  @ApiProperty(MEASURE)
  allowed!: string | boolean | readonly string[] | null;
}

export class EnvelopeView {
  @ApiProperty({ type: [BoundView], nullable: true, description: 'null: the very content, and nothing else' })
  bounds!: BoundView[] | null;
}

class Breach {
  @ApiProperty({
    type: String,
    description: 'currency: all money at once · content: the very content was approved',
  })
  dimension!: string;

  @ApiProperty({ type: String })
  label!: string;

  @ApiProperty(MEASURE)
  allowed!: string | boolean | readonly string[] | null;

  @ApiProperty(MEASURE)
  value!: string | boolean | readonly string[] | null;
}

export class AskedAgain {
  @ApiProperty({ type: String })
  stageKey!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({
    enum: ['OUTSIDE', 'PLAN', 'SELF', 'SEPARATION'],
    description:
      'OUTSIDE what was approved · PLAN: asked in another way, or newly · SELF: whoever approved counts as initiator now · SEPARATION: a constraint new with the policy would refuse it',
  })
  code!: 'OUTSIDE' | 'PLAN' | 'SELF' | 'SEPARATION';

  @ApiProperty({ type: [Breach] })
  dimensions!: Breach[];
}

export class OfferedBound extends BoundView {
  @ApiProperty({ type: Boolean, description: 'whether you may cover more than you see' })
  widenable!: boolean;

  @ApiProperty({ ...MEASURE, description: 'up to where; null with widenable: your own money limit' })
  widest!: string | boolean | readonly string[] | null;
}
