import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { loadCalendar } from '../../commands/calendar.js';
import { counterfactual } from '../../domain/approval/figures.js';
import { loadCases, type Cases, type FigureFilter } from '../../queries/figures/cases.js';
import { figuresBy, tasksIn } from '../../queries/figures/figures.js';
import { figureItems } from '../../queries/figures/items.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import {
  ApprovalFigures,
  CounterfactualQuery,
  CounterfactualSla,
  FigureItems,
  FigureItemsQuery,
  FiguresQuery,
} from './figures.dto.js';

/** How long approvals take and where their time goes (AE-STAT-1); a lead sees the own unit only. */
@ApiTags('figures')
@Controller('figures')
@Allow('figures:read')
export class FiguresController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOkResponse({ type: ApprovalFigures })
  async figures(@Query() query: FiguresQuery, @CurrentViewer() viewer: Viewer): Promise<ApprovalFigures> {
    return figuresBy(this.db, await this.cases(viewer, query), query, query.by);
  }

  @Get('items')
  @ApiOkResponse({ type: FigureItems })
  async items(@Query() query: FigureItemsQuery, @CurrentViewer() viewer: Viewer): Promise<FigureItems> {
    return figureItems(this.db, await this.cases(viewer, query), query, query);
  }

  @Get('counterfactual')
  @ApiOkResponse({ type: CounterfactualSla })
  async counterfactual(
    @Query() query: CounterfactualQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CounterfactualSla> {
    const tasks = tasksIn(await this.cases(viewer, query), query).map(({ task }) => task);
    return counterfactual(tasks, query.rung, query.atMinutes);
  }

  private async cases(viewer: Viewer, filter: FigureFilter): Promise<Cases> {
    return loadCases(this.db, viewer, await loadCalendar(this.db.manager), filter);
  }
}
