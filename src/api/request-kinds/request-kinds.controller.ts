import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { defineKind, editKind, retireKind } from '../../commands/request-kind/define.js';
import { lintKindContent } from '../../commands/request-kind/lint.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { isError } from '../../policy/problem.js';
import { builtInKinds, listKinds, readKind } from '../../queries/request-kind/kinds.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { PolicyFindings } from '../policies/lint.dto.js';
import {
  DefineKindBody,
  EditKindBody,
  KindList,
  KindView,
  LintKindBody,
  RetireKindBody,
} from './request-kinds.dto.js';

@ApiTags('request kinds')
@Controller('request-kinds')
export class RequestKindsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('approval:read')
  @ApiOkResponse({ type: KindList })
  async list(): Promise<KindList> {
    return { kinds: await listKinds(this.db), builtIn: builtInKinds() };
  }

  @Get(':key')
  @Allow('approval:read')
  @ApiOkResponse({ type: KindView })
  one(@Param('key') key: string): Promise<KindView> {
    return readKind(this.db, key);
  }

  /** Changes nothing: what the editor asks while somebody types. */
  @Post('lint')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyFindings })
  async lint(@Body() { content }: LintKindBody): Promise<PolicyFindings> {
    const problems = await lintKindContent(this.db.manager, content);
    const errors = problems.filter(isError).length;
    return { errors, warnings: problems.length - errors, problems };
  }

  @Post()
  @Allow('policy:write')
  @ApiCreatedResponse({ type: KindView })
  async define(
    @Body() body: DefineKindBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<KindView> {
    const { key } = replyWith(response, await defineKind(this.db, meta, body));
    return readKind(this.db, key);
  }

  @Put(':key')
  @Allow('policy:write')
  @ApiOkResponse({ type: KindView })
  async edit(
    @Param('key') key: string,
    @Body() body: EditKindBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<KindView> {
    replyWith(response, await editKind(this.db, meta, { key, ...body }));
    return readKind(this.db, key);
  }

  @Post(':key/retire')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: KindView })
  async retire(
    @Param('key') key: string,
    @Body() { reason }: RetireKindBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<KindView> {
    replyWith(response, await retireKind(this.db, meta, { key, reason }));
    return readKind(this.db, key);
  }
}
