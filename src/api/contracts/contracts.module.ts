import { Module } from '@nestjs/common';
import { ClauseLibraryController } from './clause-library.controller.js';
import { ContractChangesController } from './change.controller.js';
import { ContractDesk } from './contract-desk.js';
import { ContractsController } from './contracts.controller.js';
import { ContractPerformanceController } from './performance.controller.js';
import { ContractLifeController } from './life.controller.js';
import { ContractSigningController } from './signing.controller.js';

@Module({
  controllers: [
    ContractsController,
    ContractLifeController,
    ContractChangesController,
    ContractPerformanceController,
    ContractSigningController,
    ClauseLibraryController,
  ],
  providers: [ContractDesk],
})
export class ContractsModule {}
