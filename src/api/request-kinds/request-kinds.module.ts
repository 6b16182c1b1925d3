import { Module } from '@nestjs/common';
import { RequestKindsController } from './request-kinds.controller.js';

@Module({ controllers: [RequestKindsController] })
export class RequestKindsModule {}
