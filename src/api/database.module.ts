import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiSettings } from './http/settings.js';

/** Gives every module the process's one DataSource and the edge's settings. Who made them opens and closes them. */
@Global()
@Module({})
export class DatabaseModule {
  static with(dataSource: DataSource, settings: ApiSettings): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DataSource, useValue: dataSource },
        { provide: ApiSettings, useValue: settings },
      ],
      exports: [DataSource, ApiSettings],
    };
  }
}
