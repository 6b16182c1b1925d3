import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  migrateRequests,
  tryMigration,
  type MigrationTrial,
  type RequestMigrated,
} from '../../commands/approval/migrate.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../../queries/org/scope.js';
import { openRequestsOffVersion, type OpenRequest } from '../../queries/policy/open-requests.js';
import { readPolicy } from '../../queries/policy/policies.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { namesOf } from '../../queries/request/person-ref.js';
import { Allow, CurrentActor, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { problemOf } from '../http/problem.js';
import {
  MigrateBody,
  MigrationPage,
  MigrationQuery,
  MigrationResult,
  MigrationResults,
  MigrationTrialView,
} from './migration.dto.js';

@ApiTags('policies')
@Controller('policies/:id')
@Allow('policy:write')
export class MigrationController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  /** The dry run: open requests on other versions of this policy, and what moving each would do. Changes nothing. */
  @Get('open-requests')
  @ApiOkResponse({ type: MigrationPage })
  async openRequests(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: MigrationQuery,
    @CurrentActor() actor: Actor,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Page<MigrationTrialView>> {
    const { kind, state } = await readPolicy(this.db, id);
    if (!kind.startsWith('approval.')) throw new DomainError('POLICY.KIND', { kind });
    if (state !== 'ACTIVE' && state !== 'SCHEDULED') throw new DomainError('POLICY.NOT_ACTIVE', { state });
    return this.paging.read(`open-requests/${id}`, query, async (slice) => {
      const { items, next } = await openRequestsOffVersion(this.db.manager, viewer, { id, kind }, slice);
      const views: MigrationTrialView[] = [];
      for (const item of items)
        views.push(await this.view(item, await tryMigration(this.db.manager, actor, id, item.requestId)));
      return { items: views, next };
    });
  }

  @Post('migrate')
  @HttpCode(207)
  @ApiResponse({ status: 207, type: MigrationResults, description: 'one result per request' })
  async migrate(
    @Param('id', ParseUUIDPipe) policyId: string,
    @Body() { requestIds, acceptOutcome = [], reason }: MigrateBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
  ): Promise<MigrationResults> {
    const migrated = await migrateRequests(this.db, meta, {
      policyId,
      requestIds,
      acceptOutcome,
      reason,
      sees: (tx, id) => mayReadRequest(tx, viewer, id),
    });
    return { results: migrated.map((one) => resultOf(one, meta.correlationId ?? '')) };
  }

  private async view(item: OpenRequest, { moves, needsAcceptance, refusal }: MigrationTrial) {
    const people = moves.flatMap(({ carried, lost }) => [
      ...carried,
      ...lost.map(({ personId }) => personId),
    ]);
    const nameOf = await namesOf(this.db, people);
    const stages = moves.map(({ carried, lost, ...stage }) => ({
      ...stage,
      carried: carried.flatMap((id) => nameOf(id) ?? []),
      lost: lost.map(({ personId, code }) => ({ person: nameOf(personId), code })),
    }));
    return { ...item, stages, needsAcceptance, refusal: refusal?.code ?? null };
  }
}

function resultOf({ requestId, migrated, refusal }: RequestMigrated, correlationId: string): MigrationResult {
  const problem = refusal && problemOf(refusal, correlationId);
  return {
    requestId,
    status: problem ? problem.status : 200,
    moved: migrated?.moved ?? false,
    requestState: migrated?.state ?? null,
    problem: problem && { ...problem, errors: [...(problem.errors ?? [])] },
  };
}
