import { Body, Controller, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { changeSettings, markRead } from '../../commands/notification/settings.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { countUnread, listNotifications } from '../../queries/notification/notifications.js';
import { notificationSettings } from '../../queries/notification/settings.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  MarkReadBody,
  NotificationPage,
  NotificationQuery,
  NotificationSettingsBody,
  UnreadCount,
  type NotificationView,
} from './notifications.dto.js';

/** One's own: what one was told, and how one wants to be told. */
@ApiTags('notifications')
@Controller('me')
@Allow()
export class NotificationsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('notifications')
  @ApiOkResponse({ type: NotificationPage })
  list(
    @Query() query: NotificationQuery,
    @CurrentViewer() { personId }: Viewer,
  ): Promise<Page<NotificationView>> {
    const unread = query.unread ?? false;
    return this.paging.read('notifications', query, (slice) =>
      listNotifications(this.db, personId, { unread }, slice),
    );
  }

  @Get('notifications/count')
  @ApiOkResponse({ type: UnreadCount })
  async count(@CurrentViewer() { personId }: Viewer): Promise<UnreadCount> {
    return { unread: await countUnread(this.db, personId) };
  }

  @Post('notifications/read')
  @HttpCode(204)
  @ApiNoContentResponse()
  async read(
    @Body() { upToId }: MarkReadBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    replyWith(response, await markRead(this.db, meta, upToId));
  }

  @Get('notification-settings')
  @ApiOkResponse({ type: NotificationSettingsBody })
  settings(@CurrentViewer() { personId }: Viewer): Promise<NotificationSettingsBody> {
    return notificationSettings(this.db, personId);
  }

  @Put('notification-settings')
  @ApiOkResponse({ type: NotificationSettingsBody })
  async change(
    @Body() body: NotificationSettingsBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() { personId }: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NotificationSettingsBody> {
    replyWith(response, await changeSettings(this.db, meta, body));
    return notificationSettings(this.db, personId);
  }
}
