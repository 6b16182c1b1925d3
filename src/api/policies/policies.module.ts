import { Module } from '@nestjs/common';
import { PoliciesController } from './policies.controller.js';
import { WhatIfController } from './what-if.controller.js';

@Module({ controllers: [PoliciesController, WhatIfController] })
export class PoliciesModule {}
