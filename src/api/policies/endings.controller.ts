import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { confirmEnding, proposeEnding, refuseEnding, withdrawEnding } from '../../commands/policy/ending.js';
import type { EndingAct, Published } from '../../commands/policy/versions.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { readPolicy, type PolicyView as View } from '../../queries/policy/policies.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { PolicyReasonBody } from './drafts.dto.js';
import { PolicyView } from './policies.dto.js';

/** How a version ends before its successor begins: one person proposes it, another one confirms it. */
@ApiTags('policies')
@Controller('policies/:id')
export class PolicyEndingsController {
  constructor(private readonly db: DataSource) {}

  /** Proposes to take back a version that has not begun. */
  @Post('cancel')
  @HttpCode(200)
  @Allow('policy:draft')
  @ApiOkResponse({ type: PolicyView })
  cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    return this.propose(response, meta, { policyId: id, act: 'CANCEL', reason });
  }

  /** Proposes to end the version in force without a successor. */
  @Post('deactivate')
  @HttpCode(200)
  @Allow('policy:draft')
  @ApiOkResponse({ type: PolicyView })
  deactivate(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    return this.propose(response, meta, { policyId: id, act: 'DEACTIVATE', reason });
  }

  @Post('ending/confirm')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    return this.view(response, await confirmEnding(this.db, meta, id));
  }

  @Post('ending/refuse')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async refuse(
    @Param('id', ParseUUIDPipe) policyId: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    return this.view(response, await refuseEnding(this.db, meta, { policyId, reason }));
  }

  @Post('ending/withdraw')
  @HttpCode(200)
  @Allow('policy:draft')
  @ApiOkResponse({ type: PolicyView })
  async withdraw(
    @Param('id', ParseUUIDPipe) policyId: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    return this.view(response, await withdrawEnding(this.db, meta, { policyId, reason }));
  }

  private async propose(
    response: Response,
    meta: CommandMeta,
    ending: { policyId: string; act: EndingAct; reason: string },
  ): Promise<View> {
    return this.view(response, await proposeEnding(this.db, meta, ending));
  }

  private view(response: Response, answer: Answer<Published>): Promise<View> {
    return readPolicy(this.db, replyWith(response, answer).policyId);
  }
}
