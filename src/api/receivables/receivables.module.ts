import { Module } from '@nestjs/common';
import { PaymentsController } from './payments.controller.js';
import { ReceivablesController } from './receivables.controller.js';

@Module({ controllers: [ReceivablesController, PaymentsController] })
export class ReceivablesModule {}
