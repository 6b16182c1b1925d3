import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { NotificationsController } from './notifications.controller.js';

@Module({ controllers: [NotificationsController, DeliveriesController] })
export class NotificationsModule {}
