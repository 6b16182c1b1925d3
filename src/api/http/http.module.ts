import { Global, Module } from '@nestjs/common';
import { Paging } from './paging.js';

/** What controllers take from the edge. */
@Global()
@Module({ providers: [Paging], exports: [Paging] })
export class HttpModule {}
