import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsUUID, Matches } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

export class PriceListQuery {
  @ApiPropertyOptional({ type: String, default: 'CNY' })
  @MayBeLeftOut()
  @Matches(/^[A-Z]{3}$/)
  currency?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'as this customer gets it; default: everybody',
  })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'default now' })
  @MayBeLeftOut()
  @IsISO8601({ strict: true })
  at?: string;
}

export class ProductView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  sku!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  series!: string;
}

class PriceTierView {
  @ApiProperty({ type: String, example: '50' })
  minQty!: string;

  @ApiProperty({ type: String, example: '520.00' })
  list!: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read only' })
  floor?: string;
}

export class PriceItemView {
  @ApiProperty({ type: String, format: 'uuid' })
  productId!: string;

  @ApiProperty({ type: String })
  sku!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, example: '550.00' })
  list!: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read only' })
  floor?: string;

  @ApiPropertyOptional({ type: String, description: 'with cost:read only' })
  cost?: string;

  @ApiProperty({ type: [PriceTierView], description: 'cheaper from so many units on' })
  tiers!: PriceTierView[];
}

export class PriceListView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  validFrom!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;

  @ApiProperty({ type: [PriceItemView] })
  items!: PriceItemView[];
}
