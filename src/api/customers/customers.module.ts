import { Module } from '@nestjs/common';
import { CustomerCreditController } from './customer-credit.controller.js';
import { CustomerStandingController } from './customer-standing.controller.js';
import { CustomersController } from './customers.controller.js';

@Module({ controllers: [CustomersController, CustomerStandingController, CustomerCreditController] })
export class CustomersModule {}
