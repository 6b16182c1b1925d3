import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import { currentPriceList, listProducts } from '../../queries/product/products.js';
import { Allow, CurrentActor } from '../http/access.js';
import { PriceListQuery, PriceListView, ProductView } from './products.dto.js';

const HOME_CURRENCY = 'CNY';

@ApiTags('products')
@Controller()
@Allow('product:read')
export class ProductsController {
  constructor(private readonly db: DataSource) {}

  @Get('products')
  @ApiOkResponse({ type: [ProductView] })
  products(): Promise<ProductView[]> {
    return listProducts(this.db);
  }

  @Get('price-lists/current')
  @ApiOkResponse({ type: PriceListView })
  priceList(@Query() query: PriceListQuery, @CurrentActor() actor: Actor): Promise<PriceListView> {
    const { currency = HOME_CURRENCY, customerId = null, at = null } = query;
    const showsCost = actor.permissions.includes('cost:read');
    return currentPriceList(this.db, { currency, customerId, at, showsCost });
  }
}
