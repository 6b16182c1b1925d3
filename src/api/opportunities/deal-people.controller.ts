import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { dropCompetitor, nameCompetitor } from '../../commands/opportunity/competitor.js';
import { handOverDeal } from '../../commands/opportunity/hand-over.js';
import { setBuyingRoles, setCollaborators, tick } from '../../commands/opportunity/people.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { opportunityDetail, type OpportunityDetail } from '../../queries/opportunity/detail.js';
import { mustBeInReach } from '../../queries/opportunity/in-reach.js';
import { findOpportunity } from '../../queries/opportunity/opportunities.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import {
  CollaboratorsBody,
  CompetitorBody,
  HandOverDealBody,
  RolesBody,
  TickBody,
} from './opportunities.dto.js';
import { OpportunityDetailView } from './views.dto.js';

/** Who has to do with a deal, on their side and on ours. Each act says all of one thing, so none needs the deal's version. */
@ApiTags('opportunities')
@Controller('opportunities/:id')
@Allow('opportunity:write')
export class DealPeopleController {
  constructor(private readonly db: DataSource) {}

  @Put('contacts/:contactId')
  @ApiOkResponse({ type: OpportunityDetailView })
  async roles(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('contactId', ParseUUIDPipe) contactId: string,
    @Body() { roles }: RolesBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    return this.reply(await setBuyingRoles(this.db, meta, { id, contactId, roles }), viewer, response);
  }

  @Post('competitors')
  @HttpCode(200)
  @ApiOkResponse({ type: OpportunityDetailView })
  async competitor(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { name, strengths }: CompetitorBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    return this.reply(
      await nameCompetitor(this.db, meta, { id, name, strengths: strengths ?? null }),
      viewer,
      response,
    );
  }

  @Delete('competitors/:competitorId')
  @ApiOkResponse({ type: OpportunityDetailView })
  async withoutCompetitor(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('competitorId', ParseUUIDPipe) competitorId: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    return this.reply(await dropCompetitor(this.db, meta, { id, competitorId }), viewer, response);
  }

  @Put('collaborators')
  @ApiOkResponse({ type: OpportunityDetailView })
  async collaborators(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { personIds }: CollaboratorsBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    return this.reply(await setCollaborators(this.db, meta, { id, personIds }), viewer, response);
  }

  @Put('ticks')
  @ApiOkResponse({ type: OpportunityDetailView })
  async tick(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { stage, key, done }: TickBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    return this.reply(await tick(this.db, meta, { id, stage, key, done }), viewer, response);
  }

  /** Not for the owner alone: whoever answers for more than their own deals says who sells them. */
  @Post('owner')
  @HttpCode(200)
  @ApiOkResponse({ type: OpportunityDetailView })
  async handOver(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { newOwnerId, reason }: HandOverDealBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpportunityDetail> {
    await this.mustWrite(viewer, id);
    await mustBeInReach(this.db, viewer, newOwnerId);
    const answer = await handOverDeal(this.db, meta, { id, ownerId: newOwnerId, reason });
    return this.reply(answer, viewer, response);
  }

  private async mustWrite(viewer: Viewer, id: string): Promise<void> {
    await findOpportunity(this.db, viewer, id, 'opportunity:write');
  }

  private async reply(
    answer: Answer<{ id: string }>,
    viewer: Viewer,
    response: Response,
  ): Promise<OpportunityDetail> {
    const deal = await opportunityDetail(this.db, viewer, replyWith(response, answer).id);
    setVersion(response, deal.rowVersion);
    return deal;
  }
}
