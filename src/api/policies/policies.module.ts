import { Module } from '@nestjs/common';
import { PolicyDraftsController } from './drafts.controller.js';
import { PolicyEndingsController } from './endings.controller.js';
import { MigrationController } from './migration.controller.js';
import { PoliciesController } from './policies.controller.js';
import { WhatIfController } from './what-if.controller.js';

@Module({
  controllers: [
    PoliciesController,
    PolicyDraftsController,
    PolicyEndingsController,
    WhatIfController,
    MigrationController,
  ],
})
export class PoliciesModule {}
