import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { eraseTexts } from '../../commands/audit/erase.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import { listAccesses } from '../../queries/audit/accesses.js';
import { freeTexts } from '../../queries/audit/free-texts.js';
import { Allow } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { AccessPage, AccessQuery, type AccessView } from './audit.dto.js';
import { Erased, ErasureBody, FreeTextsFound, FreeTextsQuery } from './erasure.dto.js';

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

  /** What an erasure would take and what stays; changes nothing. */
  @Get('free-texts')
  @Allow('privacy:erase')
  @RecordsRead('FREE_TEXTS', 'personId')
  @ApiOkResponse({ type: FreeTextsFound })
  async freeTexts(@Query() { personId, requestId }: FreeTextsQuery): Promise<FreeTextsFound> {
    const found = await freeTexts(this.db, { personId, requestId: requestId ?? null });
    if (!found) throw new DomainError('NOT_FOUND', { personId });
    return found;
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
