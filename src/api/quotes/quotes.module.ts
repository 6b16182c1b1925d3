import { Module } from '@nestjs/common';
import { OffersController } from './offers.controller.js';
import { QuotesController } from './quotes.controller.js';

@Module({ controllers: [QuotesController, OffersController] })
export class QuotesModule {}
