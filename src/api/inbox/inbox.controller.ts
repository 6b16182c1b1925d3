import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { countInbox, readInbox } from '../../queries/inbox/inbox.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Paging, type Page } from '../http/paging.js';
import { InboxCount, InboxPage, InboxQuery, type InboxItem } from './inbox.dto.js';

@ApiTags('approvals')
@Controller('inbox')
export class InboxController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('approval:read', 'approval:decide')
  @ApiOkResponse({ type: InboxPage })
  list(@Query() query: InboxQuery, @CurrentViewer() viewer: Viewer): Promise<Page<InboxItem>> {
    const filter = { ...query, tab: query.tab ?? 'todo' };
    return this.paging.read('inbox', query, (slice) => readInbox(this.db, viewer.personId, filter, slice));
  }

  @Get('count')
  @Allow('approval:read', 'approval:decide')
  @ApiOkResponse({ type: InboxCount })
  count(@CurrentViewer() viewer: Viewer): Promise<InboxCount> {
    return countInbox(this.db, viewer.personId);
  }
}
