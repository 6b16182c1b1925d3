import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { changeOpportunityStage } from '../../commands/opportunity/change-stage.js';
import { createOpportunity } from '../../commands/opportunity/create-opportunity.js';
import { editOpportunity } from '../../commands/opportunity/edit.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { DEFAULT_PIPELINE } from '../../domain/opportunity/pipeline.js';
import { opportunityDetail, type OpportunityDetail } from '../../queries/opportunity/detail.js';
import { findOpportunity, listOpportunities } from '../../queries/opportunity/opportunities.js';
import { opportunityTimeline } from '../../queries/opportunity/timeline.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { PageQuery } from '../http/paging.dto.js';
import { OpportunityListQuery } from './filter.dto.js';
import { OpportunityBody, OpportunityEditBody, StageBody } from './opportunities.dto.js';
import { OpportunityDetailView, OpportunityPage, TimelinePage, type OpportunityView } from './views.dto.js';

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
  @ApiOkResponse({ type: OpportunityDetailView })
  one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    return this.view(id, viewer, response);
  }

  @Get(':id/timeline')
  @Allow('opportunity:read')
  @ApiOkResponse({ type: TimelinePage })
  timeline(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<TimelinePage> {
    return this.paging.read(`opportunities/${id}/timeline`, query, (slice) =>
      opportunityTimeline(this.db, viewer, id, slice),
    );
  }

  @Post()
  @Allow('opportunity:write')
  @ApiCreatedResponse({ type: OpportunityDetailView })
  async create(
    @Body() body: OpportunityBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    const answer = await createOpportunity(this.db, meta, {
      customerId: body.customerId,
      productId: body.productId ?? null,
      title: body.title ?? null,
      pipeline: body.pipeline ?? DEFAULT_PIPELINE,
      amount: body.amount ?? null,
      expectedClose: body.expectedClose,
      buyingType: body.buyingType ?? null,
      need: body.need ?? null,
      note: body.note ?? null,
      next: body.next,
    });
    return this.reply(answer, viewer, response);
  }

  @Patch(':id')
  @Allow('opportunity:write')
  @ApiOkResponse({ type: OpportunityDetailView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() edit: OpportunityEditBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await findOpportunity(this.db, viewer, id, 'opportunity:write');
    return this.reply(await editOpportunity(this.db, meta, { id, expectedVersion, edit }), viewer, response);
  }

  @Post(':id/stage')
  @HttpCode(200)
  @Allow('opportunity:write')
  @ApiOkResponse({ type: OpportunityDetailView })
  async changeStage(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { stage, reason, lostReason, competitor, resumeOn, next }: StageBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await findOpportunity(this.db, viewer, id, 'opportunity:write');
    const move = {
      to: stage,
      reason: reason ?? null,
      lostReason: lostReason ?? null,
      competitor: competitor ?? null,
      resumeOn: resumeOn ?? null,
      next: next ?? null,
    };
    return this.reply(
      await changeOpportunityStage(this.db, meta, { id, expectedVersion, move }),
      viewer,
      response,
    );
  }

  private reply(
    answer: Answer<{ id: string }>,
    viewer: Viewer,
    response: Response,
  ): Promise<OpportunityDetail> {
    return this.view(replyWith(response, answer).id, viewer, response);
  }

  private async view(id: string, viewer: Viewer, response: Response): Promise<OpportunityDetail> {
    const deal = await opportunityDetail(this.db, viewer, id);
    setVersion(response, deal.rowVersion);
    return deal;
  }
}
