import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Logins } from '../../commands/auth/login.js';
import { AuthController } from './auth.controller.js';

@Module({
  controllers: [AuthController],
  providers: [
    {
      provide: Logins,
      useFactory: (db: DataSource) => new Logins(db),
      inject: [DataSource],
    },
  ],
})
export class AuthModule {}
