import { Module } from '@nestjs/common';
import { FieldsController } from './fields.controller.js';
import { FormsController } from './forms.controller.js';

@Module({ controllers: [FormsController, FieldsController] })
export class FormsModule {}
