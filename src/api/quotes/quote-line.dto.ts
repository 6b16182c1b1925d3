import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ProductView } from '../products/products.dto.js';

export class QuoteLineView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  no!: number;

  @ApiProperty({ type: ProductView })
  product!: ProductView;

  @ApiProperty({ type: String })
  qty!: string;

  @ApiProperty({ type: String })
  list!: string;

  @ApiProperty({ type: String })
  unitNet!: string;

  @ApiProperty({ type: String })
  discountPct!: string;

  @ApiProperty({ type: String })
  net!: string;

  @ApiProperty({ type: Boolean })
  free!: boolean;

  @ApiProperty({ type: String, description: 'from how many units on its price holds' })
  minQty!: string;

  @ApiProperty({ type: String })
  freight!: string;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  cost?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  rebatePct?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read' })
  marginPct?: string;

  @ApiProperty({ type: Boolean })
  belowFloor!: boolean;
}

export class QuoteFx {
  @ApiProperty({ type: String, description: 'what one unit of the currency counts for in base currency' })
  rate!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'null: a budget rate' })
  asOf!: string | null;

  @ApiProperty({ type: String, nullable: true })
  now!: string | null;

  @ApiProperty({ type: String })
  movePct!: string;

  @ApiProperty({ type: Boolean, description: 'further than the policy lets stand' })
  moved!: boolean;

  @ApiProperty({ type: Boolean })
  accepted!: boolean;
}

export class InstalmentView {
  @ApiProperty({ type: String })
  trigger!: string;

  @ApiProperty({ type: String })
  pct!: string;

  @ApiProperty({ type: 'integer', nullable: true })
  days!: number | null;
}
