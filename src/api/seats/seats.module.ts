import { Module } from '@nestjs/common';
import { BulkController } from './bulk.controller.js';
import { HandOverController } from './hand-over.controller.js';
import { SeatsController } from './seats.controller.js';

@Module({ controllers: [BulkController, HandOverController, SeatsController] })
export class SeatsModule {}
