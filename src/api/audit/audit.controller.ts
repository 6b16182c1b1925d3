import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { listAccesses } from '../../queries/audit/accesses.js';
import { Allow } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { Paging, type Page } from '../http/paging.js';
import { AccessPage, AccessQuery, type AccessView } from './audit.dto.js';

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
}
