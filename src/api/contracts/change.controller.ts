import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { dropChange, editChange, proposeChange, submitChange } from '../../commands/contract/change.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { contractVersions } from '../../queries/contract/versions.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import { ContractDesk } from './contract-desk.js';
import { ContractVersionView, EditChangeBody, ProposeChangeBody } from './change.dto.js';
import { SubmitContractBody } from './contract-bodies.dto.js';
import { ContractView } from './contracts.dto.js';
import { ReasonBody } from './life.dto.js';

/** Versions of a contract in force, and the change of it that is under way. */
@ApiTags('contracts')
@Controller('contracts')
export class ContractChangesController {
  constructor(
    private readonly db: DataSource,
    private readonly desk: ContractDesk,
  ) {}

  @Get(':id/versions')
  @Allow('contract:read')
  @ApiOkResponse({ type: [ContractVersionView] })
  versions(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ContractVersionView[]> {
    return contractVersions(this.db, viewer, id);
  }

  @Post(':id/changes')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  propose(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { clauses, ...body }: ProposeChangeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      proposeChange(this.db, meta, { contractId: id, ...body, clauses: wordsOf(clauses) }),
    );
  }

  @Put(':id/changes/:version')
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  edit(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { clauses, ...body }: EditChangeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      editChange(this.db, meta, { contractId: id, version, ...body, clauses: wordsOf(clauses) }),
    );
  }

  @Post(':id/changes/:version/submit')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: SubmitContractBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      submitChange(this.db, meta, { contractId: id, version, ...body }),
    );
  }

  @Post(':id/changes/:version/drop')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  drop(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: ReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      dropChange(this.db, meta, { contractId: id, version, reason: body.reason }),
    );
  }
}

function wordsOf(clauses: EditChangeBody['clauses']) {
  return clauses?.map(({ key, title, text }) => ({ key, title, text }));
}
