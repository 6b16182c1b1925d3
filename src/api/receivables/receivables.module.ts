import { Module } from '@nestjs/common';
import { PaymentsController } from './payments.controller.js';
import { ReceivablesController } from './receivables.controller.js';
import { BankStatementsController } from './statements.controller.js';

@Module({ controllers: [ReceivablesController, PaymentsController, BankStatementsController] })
export class ReceivablesModule {}
