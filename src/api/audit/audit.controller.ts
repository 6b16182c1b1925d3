import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { eraseTexts } from '../../commands/audit/erase.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { listAccesses } from '../../queries/audit/accesses.js';
import { Allow } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { AccessPage, AccessQuery, Erased, ErasureBody, type AccessView } from './audit.dto.js';

@ApiTags('audit')
@Controller('audit')
@Allow('audit:read')
export class AuditController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('accesses')
  @RecordsRead('ACCESS_LOG', null)
  @ApiOkResponse({ type: AccessPage })
  accesses(@Query() query: AccessQuery): Promise<Page<AccessView>> {
    return this.paging.read('accesses', query, (slice) => listAccesses(this.db, query, slice));
  }

  @Post('erasures')
  @HttpCode(200)
  @Allow('privacy:erase')
  @ApiOkResponse({ type: Erased })
  async erase(
    @Body() { personId, requestId, reason }: ErasureBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Erased> {
    return replyWith(
      response,
      await eraseTexts(this.db, meta, { personId, requestId: requestId ?? null, reason }),
    );
  }
}
