import { Module } from '@nestjs/common';
import { FinanceController } from './finance.controller.js';
import { PriceListsController } from './price-lists.controller.js';

@Module({ controllers: [PriceListsController, FinanceController] })
export class PricingModule {}
