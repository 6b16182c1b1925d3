import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PriceItemView } from '../products/products.dto.js';

export const LIST_STATES = [
  'DRAFT',
  'IN_REVIEW',
  'SENT_BACK',
  'DISCARDED',
  'SCHEDULED',
  'ACTIVE',
  'ENDED',
] as const;

class PriceListHead {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: String, description: 'customer tier it is for; empty: any' })
  tier!: string;

  @ApiProperty({ type: String, description: 'customer region it is for; empty: any' })
  region!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: LIST_STATES })
  state!: (typeof LIST_STATES)[number];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validFrom!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: [String] })
  authors!: string[];

  @ApiProperty({ type: String, nullable: true })
  reviewer!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reviewReason!: string | null;

  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;
}

export class PriceListSummary extends PriceListHead {
  @ApiProperty({ type: 'integer', description: 'how many prices' })
  items!: number;
}

export class PriceListDetail extends PriceListHead {
  @ApiProperty({ type: [PriceItemView] })
  items!: PriceItemView[];

  @ApiProperty({ type: [String] })
  actions!: string[];
}

class PricePair {
  @ApiProperty({ type: String })
  list!: string;

  @ApiProperty({ type: String })
  floor!: string;
}

export class PriceDifference {
  @ApiProperty({ type: String, format: 'uuid' })
  productId!: string;

  @ApiProperty({ type: String })
  sku!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  minQty!: string;

  @ApiProperty({ type: PricePair, nullable: true })
  before!: PricePair | null;

  @ApiProperty({ type: PricePair, nullable: true })
  after!: PricePair | null;

  @ApiProperty({ type: String, nullable: true })
  movePct!: string | null;
}

class Effective {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  validFrom!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;

  @ApiProperty({ type: String })
  source!: string;
}

export class CostView extends Effective {
  @ApiProperty({ type: String, format: 'uuid' })
  productId!: string;

  @ApiProperty({ type: String })
  sku!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: String })
  cost!: string;
}

export class RateView extends Effective {
  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: String, description: 'what one unit counts for in base currency' })
  rate!: string;

  @ApiProperty({ type: String, format: 'date' })
  asOf!: string;
}

class Named {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class RebateView extends Effective {
  @ApiProperty({ type: Named, nullable: true })
  customer!: Named | null;

  @ApiProperty({ type: Named, nullable: true })
  product!: Named | null;

  @ApiProperty({ type: String })
  fromAmount!: string;

  @ApiProperty({ type: String })
  pct!: string;
}

export class Entered {
  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiPropertyOptional({ type: Boolean })
  replayed?: boolean;
}
