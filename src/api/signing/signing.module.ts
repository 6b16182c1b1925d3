import { Module } from '@nestjs/common';
import { EsignCallbackController } from './esign-callback.controller.js';
import { SigningPageController } from './signing-page.controller.js';

@Module({ controllers: [SigningPageController, EsignCallbackController] })
export class SigningModule {}
