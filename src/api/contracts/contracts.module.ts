import { Module } from '@nestjs/common';
import { ContractDesk } from './contract-desk.js';
import { ContractsController } from './contracts.controller.js';
import { ContractLifeController } from './life.controller.js';

@Module({ controllers: [ContractsController, ContractLifeController], providers: [ContractDesk] })
export class ContractsModule {}
