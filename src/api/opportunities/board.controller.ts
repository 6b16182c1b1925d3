import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DEFAULT_PIPELINE, isClosedStage } from '../../domain/opportunity/pipeline.js';
import { pipelineBoard } from '../../queries/opportunity/board.js';
import { pipelineBridge, type Bridge } from '../../queries/opportunity/bridge.js';
import { findPipeline } from '../../queries/opportunity/pipelines.js';
import { dealStageTimes } from '../../queries/opportunity/stage-times.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Paging } from '../http/paging.js';
import { DealFilterQuery, SinceQuery, type OpportunityListQuery } from './filter.dto.js';
import { BoardView, BridgeView, StageTimeView } from './views.dto.js';

const CLOSED_DAYS = 30;
const DAY_MS = 86_400_000;
const CARDS = 20;

/** Registered before the controller of single deals, whose `:id` would take these words for ids. */
@ApiTags('opportunities')
@Controller('opportunities')
@Allow('opportunity:read')
export class BoardController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  /** Every stage of a pipeline with its sums and its most valuable deals. */
  @Get('board')
  @ApiOkResponse({ type: BoardView })
  async board(@Query() query: DealFilterQuery, @CurrentViewer() viewer: Viewer): Promise<BoardView> {
    const { cursor: _, limit = CARDS, ...given } = query;
    const pipeline = given.pipeline ?? DEFAULT_PIPELINE;
    const filter = { ...given, pipeline };
    const { stages } = await findPipeline(this.db, pipeline);
    const closedSince = new Date(Date.now() - CLOSED_DAYS * DAY_MS).toISOString().slice(0, 10);
    const shape = { stages: stages.map(({ key }) => key), closedSince, limit };
    const columns = await pipelineBoard(this.db, viewer, filter, shape);
    return {
      pipeline,
      closedSince,
      columns: columns.map(({ cards, ...column }) => {
        const { stage } = column;
        const closed = isClosedStage(stage) ? { closedSince } : {};
        const list: OpportunityListQuery = { ...filter, ...closed, stage, sort: 'worth' };
        return {
          ...column,
          items: cards.items,
          nextCursor: this.paging.cursorOf('opportunities', list, cards.next),
        };
      }),
    };
  }

  /** How the open pipeline came from then to now. */
  @Get('bridge')
  @ApiOkResponse({ type: BridgeView })
  bridge(@Query() { since, ...filter }: SinceQuery, @CurrentViewer() viewer: Viewer): Promise<Bridge> {
    return pipelineBridge(this.db, viewer, filter, new Date(since).toISOString());
  }

  /** How long deals stayed at each stage they left since then. */
  @Get('stage-times')
  @ApiOkResponse({ type: [StageTimeView] })
  stageTimes(
    @Query() { since, ...filter }: SinceQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<StageTimeView[]> {
    return dealStageTimes(this.db, viewer, filter, new Date(since).toISOString());
  }
}
