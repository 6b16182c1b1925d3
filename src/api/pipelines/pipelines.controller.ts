import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { findPipeline, listPipelines, type PipelineRow } from '../../queries/opportunity/pipelines.js';
import { Allow } from '../http/access.js';
import { PipelineList, PipelineView } from './pipelines.dto.js';

/** How deals are sold. A pipeline is a policy of kind `pipeline.<key>`: it changes by a draft that a second person approves. */
@ApiTags('pipelines')
@Controller('pipelines')
@Allow('opportunity:read')
export class PipelinesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOkResponse({ type: PipelineList })
  async list(): Promise<{ items: PipelineRow[] }> {
    return { items: await listPipelines(this.db) };
  }

  @Get(':key')
  @ApiOkResponse({ type: PipelineView })
  one(@Param('key') key: string): Promise<PipelineRow> {
    return findPipeline(this.db, key);
  }
}
