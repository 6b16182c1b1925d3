import { Module } from '@nestjs/common';
import { FieldsController } from './fields.controller.js';
import { FormFilesController } from './form-files.controller.js';
import { FormsController } from './forms.controller.js';

@Module({ controllers: [FormsController, FieldsController, FormFilesController] })
export class FormsModule {}
