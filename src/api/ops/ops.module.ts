import { Module } from '@nestjs/common';
import { OpsController } from './ops.controller.js';
import { TemporalProbe } from './temporal-probe.js';

@Module({ controllers: [OpsController], providers: [TemporalProbe] })
export class OpsModule {}
