import { Module } from '@nestjs/common';
import { HandOverController } from './hand-over.controller.js';
import { SeatsController } from './seats.controller.js';

@Module({ controllers: [HandOverController, SeatsController] })
export class SeatsModule {}
