import { Global, Module } from '@nestjs/common';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { Paging } from './paging.js';
import { ApiSettings } from './settings.js';

/** What controllers take from the edge. */
@Global()
@Module({
  providers: [
    Paging,
    {
      provide: DecisionSigner,
      useFactory: ({ options }: ApiSettings) => new DecisionSigner(options.secret),
      inject: [ApiSettings],
    },
  ],
  exports: [Paging, DecisionSigner],
})
export class HttpModule {}
