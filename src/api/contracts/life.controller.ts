import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import {
  archiveContract,
  completeContract,
  resumeContract,
  suspendContract,
} from '../../commands/contract/life.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { HOLD_PERMISSION } from '../../domain/contract/life.js';
import { readContract } from '../../queries/contract/contracts.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import { ContractDesk } from './contract-desk.js';
import { ContractView } from './contracts.dto.js';
import { CompleteBody, ReasonBody, SuspendBody } from './life.dto.js';

/** What people do with a contract that has taken effect. */
@ApiTags('contracts')
@Controller('contracts')
export class ContractLifeController {
  constructor(
    private readonly db: DataSource,
    private readonly desk: ContractDesk,
  ) {}

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow(...Object.values(HOLD_PERMISSION))
  @ApiOkResponse({ type: ContractView })
  suspend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SuspendBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.hold(body.cause, viewer, id, response, () =>
      suspendContract(this.db, meta, { contractId: id, cause: body.cause, reason: body.reason }),
    );
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow(...Object.values(HOLD_PERMISSION))
  @ApiOkResponse({ type: ContractView })
  async resume(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    const { suspendedFor } = await readContract(this.db, viewer, id);
    return this.desk.hold(suspendedFor, viewer, id, response, () =>
      resumeContract(this.db, meta, { contractId: id, reason: body.reason }),
    );
  }

  @Post(':id/complete')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  complete(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CompleteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      completeContract(this.db, meta, { contractId: id, note: body.note ?? null }),
    );
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  archive(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      archiveContract(this.db, meta, { contractId: id }),
    );
  }
}
