import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { changeOpportunityStage } from '../../commands/opportunity/change-stage.js';
import { createOpportunity } from '../../commands/opportunity/create-opportunity.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { findOpportunity, listOpportunities } from '../../queries/opportunity/opportunities.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  OpportunityBody,
  OpportunityListQuery,
  OpportunityPage,
  OpportunityView,
  StageBody,
} from './opportunities.dto.js';

@ApiTags('opportunities')
@Controller('opportunities')
export class OpportunitiesController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('opportunity:read')
  @ApiOkResponse({ type: OpportunityPage })
  list(
    @Query() query: OpportunityListQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Page<OpportunityView>> {
    return this.paging.read('opportunities', query, (slice) =>
      listOpportunities(this.db, viewer, query, slice),
    );
  }

  @Get(':id')
  @Allow('opportunity:read')
  @ApiOkResponse({ type: OpportunityView })
  one(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<OpportunityView> {
    return findOpportunity(this.db, viewer, id);
  }

  @Post()
  @Allow('opportunity:write')
  @ApiCreatedResponse({ type: OpportunityView })
  async create(
    @Body() body: OpportunityBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityView> {
    const { customerId, productId = null, amount = null, note = null } = body;
    const answer = await createOpportunity(this.db, meta, { customerId, productId, amount, note });
    return findOpportunity(this.db, viewer, replyWith(response, answer).id);
  }

  @Post(':id/stage')
  @HttpCode(200)
  @Allow('opportunity:write')
  @ApiOkResponse({ type: OpportunityView })
  async changeStage(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { stage, lostReason, competitor }: StageBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityView> {
    await findOpportunity(this.db, viewer, id, 'opportunity:write');
    const answer = await changeOpportunityStage(this.db, meta, id, {
      to: stage,
      lostReason: lostReason ?? null,
      competitor: competitor ?? null,
    });
    return findOpportunity(this.db, viewer, replyWith(response, answer).id);
  }
}
