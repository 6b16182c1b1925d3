import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { enterCosts, enterRates, enterRebate } from '../../commands/product/finance.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { listCosts, listRates, listRebates } from '../../queries/product/price-lists.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { CostsBody, RatesBody, RebateBody } from './pricing-body.dto.js';
import { CostView, Entered, RateView, RebateView } from './pricing.dto.js';
import { instants } from './validity.js';

/** What finance keeps beside the prices, from an instant on. */
@ApiTags('pricing')
@Controller()
export class FinanceController {
  constructor(private readonly db: DataSource) {}

  @Get('product-costs')
  @Allow('cost:read')
  @ApiOkResponse({ type: [CostView] })
  costs(): Promise<CostView[]> {
    return listCosts(this.db);
  }

  @Post('product-costs')
  @HttpCode(201)
  @Allow('price:write')
  @ApiCreatedResponse({ type: Entered })
  async enterCosts(
    @Body() { costs, source = '', ...validity }: CostsBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Entered> {
    return replyWith(response, await enterCosts(this.db, meta, { costs, source, ...instants(validity) }));
  }

  @Get('fx-rates')
  @Allow('product:read')
  @ApiOkResponse({ type: [RateView] })
  rates(): Promise<RateView[]> {
    return listRates(this.db);
  }

  @Post('fx-rates')
  @HttpCode(201)
  @Allow('price:write')
  @ApiCreatedResponse({ type: Entered })
  async enterRates(
    @Body() { rates, source = '', ...validity }: RatesBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Entered> {
    return replyWith(response, await enterRates(this.db, meta, { rates, source, ...instants(validity) }));
  }

  @Get('rebates')
  @Allow('cost:read')
  @ApiOkResponse({ type: [RebateView] })
  rebates(): Promise<RebateView[]> {
    return listRebates(this.db);
  }

  @Post('rebates')
  @HttpCode(201)
  @Allow('price:write')
  @ApiCreatedResponse({ type: Entered })
  async enterRebate(
    @Body() { customerId, productId, fromAmount = '0', pct, source = '', ...validity }: RebateBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Entered> {
    const rebate = { customerId: customerId ?? null, productId: productId ?? null, fromAmount, pct };
    return replyWith(response, await enterRebate(this.db, meta, { rebate, source, ...instants(validity) }));
  }
}
