import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { ReadRight } from '../../commands/approval/request-lock.js';
import { terminateRequest } from '../../commands/approval/takeback.js';
import { loadCalendar } from '../../commands/calendar.js';
import { retellProcess } from '../../commands/ops/retell.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { opsOverview } from '../../queries/ops/overview.js';
import { listStuck, type StuckItem } from '../../queries/ops/stuck.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { SAVED_VIEWS, savedViewUrl } from '../../workflows/messages.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { PageQuery } from '../http/paging.dto.js';
import { Paging, type Page } from '../http/paging.js';
import { ApiSettings } from '../http/settings.js';
import { OpsActionBody, OpsActionResult, OpsOverview, StuckPage } from './ops.dto.js';
import { TemporalProbe } from './temporal-probe.js';

@ApiTags('operations')
@Controller('ops')
export class OpsController {
  constructor(
    private readonly db: DataSource,
    private readonly settings: ApiSettings,
    private readonly temporal: TemporalProbe,
    private readonly paging: Paging,
  ) {}

  @Get('stuck')
  @Allow('ops:read')
  @ApiOkResponse({ type: StuckPage })
  stuck(@Query() query: PageQuery): Promise<Page<StuckItem>> {
    return this.paging.read('stuck', query, (slice) => listStuck(this.db, this.uiUrl(), slice));
  }

  @Get('overview')
  @Allow('ops:read')
  @ApiOkResponse({ type: OpsOverview })
  async overview(): Promise<OpsOverview> {
    const uiUrl = this.uiUrl();
    const [temporal, numbers] = await Promise.all([
      this.temporal.state(),
      loadCalendar(this.db.manager).then((calendar) => opsOverview(this.db, calendar)),
    ]);
    const savedViews = uiUrl
      ? SAVED_VIEWS.map((view) => ({ name: view.name, url: savedViewUrl(uiUrl, view) }))
      : [];
    return { ...numbers, temporal, savedViews };
  }

  @Post('stuck/:requestId/actions')
  @HttpCode(200)
  @Allow('ops:act')
  @ApiOkResponse({ type: OpsActionResult })
  async act(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: OpsActionBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpsActionResult> {
    const { reason } = body;
    const sees: ReadRight = (tx, id) => mayReadRequest(tx, viewer, id);
    switch (body.action) {
      case 'RETELL':
        replyWith(response, await retellProcess(this.db, meta, { requestId, reason }));
        return { requestId };
      case 'TERMINATE':
        replyWith(response, await terminateRequest(this.db, meta, { requestId, reason, sees }));
        return { requestId };
    }
  }

  private uiUrl(): string | null {
    return this.settings.options.temporalUiUrl ?? null;
  }
}
