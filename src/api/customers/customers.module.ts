import { Module } from '@nestjs/common';
import { CustomerStandingController } from './customer-standing.controller.js';
import { CustomersController } from './customers.controller.js';

@Module({ controllers: [CustomersController, CustomerStandingController] })
export class CustomersModule {}
