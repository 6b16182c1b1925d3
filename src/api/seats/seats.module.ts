import { Module } from '@nestjs/common';
import { BulkController } from './bulk.controller.js';
import { EditController } from './edit.controller.js';
import { HandOverController } from './hand-over.controller.js';
import { SeatsController } from './seats.controller.js';

@Module({ controllers: [BulkController, EditController, HandOverController, SeatsController] })
export class SeatsModule {}
