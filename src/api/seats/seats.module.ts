import { Module } from '@nestjs/common';
import { SeatsController } from './seats.controller.js';

@Module({ controllers: [SeatsController] })
export class SeatsModule {}
