import { Module } from '@nestjs/common';
import { RevocationController } from './revocation.controller.js';
import { RequestsController } from './requests.controller.js';

@Module({ controllers: [RequestsController, RevocationController] })
export class RequestsModule {}
