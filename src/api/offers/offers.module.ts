import { Module } from '@nestjs/common';
import { OfferPageController } from './offer-page.controller.js';

@Module({ controllers: [OfferPageController] })
export class OffersModule {}
