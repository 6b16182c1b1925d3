import { Module } from '@nestjs/common';
import { EndpointsController } from './endpoints.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { NotificationsController } from './notifications.controller.js';

@Module({ controllers: [EndpointsController, NotificationsController, DeliveriesController] })
export class NotificationsModule {}
