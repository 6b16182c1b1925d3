import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { BillsController } from './bills.controller.js';
import { PaymentsController } from './payments.controller.js';
import { ReceivablesController } from './receivables.controller.js';
import { BankStatementsController } from './statements.controller.js';

@Module({
  controllers: [
    ReceivablesController,
    PaymentsController,
    BankStatementsController,
    AccountController,
    BillsController,
  ],
})
export class ReceivablesModule {}
