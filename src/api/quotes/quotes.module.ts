import { Module } from '@nestjs/common';
import { OffersController } from './offers.controller.js';
import { QuoteClausesController } from './quote-clauses.controller.js';
import { QuotesController } from './quotes.controller.js';

@Module({ controllers: [QuotesController, QuoteClausesController, OffersController] })
export class QuotesModule {}
