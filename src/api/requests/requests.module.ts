import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import { RefreshController } from './refresh.controller.js';
import { UrgeController } from './urge.controller.js';
import { RevocationController } from './revocation.controller.js';
import { RequestsController } from './requests.controller.js';
import { WhyNotController } from './why-not.controller.js';

@Module({
  controllers: [
    RequestsController,
    RevocationController,
    AttachmentsController,
    RefreshController,
    UrgeController,
    WhyNotController,
  ],
})
export class RequestsModule {}
