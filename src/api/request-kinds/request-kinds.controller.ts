import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { builtInKinds, listKinds, readKind } from '../../queries/request-kind/kinds.js';
import { Allow } from '../http/access.js';
import { KindList, KindView } from './request-kinds.dto.js';

/** What may be started. A kind is written, reviewed and ended as the policy `request.<key>`. */
@ApiTags('request kinds')
@Controller('request-kinds')
export class RequestKindsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('approval:read')
  @ApiOkResponse({ type: KindList })
  async list(): Promise<KindList> {
    return { kinds: await listKinds(this.db), builtIn: builtInKinds() };
  }

  @Get(':key')
  @Allow('approval:read')
  @ApiOkResponse({ type: KindView })
  one(@Param('key') key: string): Promise<KindView> {
    return readKind(this.db, key);
  }
}
