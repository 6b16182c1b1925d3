import { Body, Controller, Get, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { setSplit } from '../../commands/opportunity/split.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { findOpportunity } from '../../queries/opportunity/opportunities.js';
import { dealSplits, type DealSplits } from '../../queries/opportunity/splits.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { DealSplitsView, SplitsBody } from './splits.dto.js';

/** Who gets the credit of a deal. */
@ApiTags('opportunities')
@Controller('opportunities/:id/splits')
export class SplitsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('opportunity:read')
  @ApiOkResponse({ type: DealSplitsView })
  read(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DealSplits> {
    return this.view(id, viewer, response);
  }

  /** Holds from its day on; once the deal was won it is proposed instead, and `pending` names the request that decides. */
  @Put()
  @Allow('opportunity:write')
  @ApiOkResponse({ type: DealSplitsView })
  async set(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { validFrom, revenue, overlay, channel, reason }: SplitsBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DealSplits> {
    await findOpportunity(this.db, viewer, id, 'opportunity:write');
    const split = {
      validFrom,
      revenue,
      overlay: overlay ?? [],
      channel: channel ?? null,
      reason: reason ?? null,
    };
    replyWith(response, await setSplit(this.db, meta, { id, expectedVersion, split }));
    return this.view(id, viewer, response);
  }

  private async view(id: string, viewer: Viewer, response: Response): Promise<DealSplits> {
    const splits = await dealSplits(this.db, viewer, id);
    setVersion(response, splits.rowVersion);
    return splits;
  }
}
