import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { markCopiesRead } from '../../commands/approval/copies.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { countInbox, readInbox } from '../../queries/inbox/inbox.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { CopiesReadBody, InboxCount, InboxPage, InboxQuery, type InboxItem } from './inbox.dto.js';

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

  /** Marks copies as read; what the person was never sent is passed over. */
  @Post('copies/read')
  @HttpCode(204)
  @Allow('approval:read', 'approval:decide')
  @ApiNoContentResponse()
  async markRead(@Body() { requestIds }: CopiesReadBody, @Meta() meta: CommandMeta): Promise<void> {
    await markCopiesRead(this.db, meta, requestIds);
  }

  @Get('count')
  @Allow('approval:read', 'approval:decide')
  @ApiOkResponse({ type: InboxCount })
  count(@CurrentViewer() viewer: Viewer): Promise<InboxCount> {
    return countInbox(this.db, viewer.personId);
  }
}
