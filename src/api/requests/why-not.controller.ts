import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { whyNot } from '../../commands/approval/why-not.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { namesOf } from '../../queries/request/person-ref.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { WhyNotQuery, WhyNotView } from './why-not.dto.js';

@ApiTags('approvals')
@Controller('requests')
export class WhyNotController {
  constructor(private readonly db: DataSource) {}

  @Get(':id/why-not')
  @RecordsRead('REQUEST')
  @Allow('approval:read')
  @ApiOkResponse({ type: WhyNotView })
  async whyNot(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { person: personId }: WhyNotQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<WhyNotView> {
    if (!(await mayReadRequest(this.db, viewer, id))) throw new DomainError('NOT_FOUND');
    const person = (await namesOf(this.db, [personId]))(personId);
    if (!person) throw new DomainError('NOT_FOUND', { personId });
    const may = {
      rules: viewer.permissions['policy:read'] !== undefined,
      confidential: viewer.permissions['cost:read'] !== undefined,
    };
    const { stages, policy } = await whyNot(this.db.manager, id, personId, may);
    return { person, policy, stages: stages.map(({ why, ...stage }) => ({ ...stage, why: [...why] })) };
  }
}
