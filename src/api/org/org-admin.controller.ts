import {
  Body,
  Controller,
  Delete,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { grantRole, revokeGrant } from '../../commands/org/grant.js';
import { createPerson, deactivatePerson, linkOidcIdentity } from '../../commands/org/person.js';
import { changePost } from '../../commands/org/post.js';
import { setHuman } from '../../commands/org/same-human.js';
import { createUnit, deactivateUnit, moveUnit } from '../../commands/org/structure.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import {
  GrantBody,
  HumanBody,
  IdentityBody,
  LeaverQuery,
  MoveUnitBody,
  PersonBody,
  PostBody,
  UnitBody,
} from './org-admin.dto.js';
import { CreatedId } from './org.dto.js';

@ApiTags('organisation')
@Controller('org')
@Allow('org:admin')
export class OrgAdminController {
  constructor(private readonly db: DataSource) {}

  @Post('units')
  @ApiCreatedResponse({ type: CreatedId })
  async createUnit(
    @Body() body: UnitBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedId> {
    return replyWith(
      response,
      await createUnit(this.db, meta, {
        ...body,
        parentId: body.parentId ?? null,
      }),
    );
  }

  @Put('units/:id/parent')
  @HttpCode(204)
  @ApiNoContentResponse()
  async moveUnit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MoveUnitBody,
    @Meta() meta: CommandMeta,
  ): Promise<void> {
    await moveUnit(this.db, meta, id, body.hierarchy, body.parentId);
  }

  @Delete('units/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deactivateUnit(@Param('id', ParseUUIDPipe) id: string, @Meta() meta: CommandMeta): Promise<void> {
    await deactivateUnit(this.db, meta, id);
  }

  @Post('people')
  @ApiCreatedResponse({ type: CreatedId })
  async createPerson(
    @Body() body: PersonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedId> {
    const person = {
      ...body,
      title: body.title ?? null,
      locale: body.locale ?? 'zh-CN',
      password: body.password ?? null,
    };
    return replyWith(response, await createPerson(this.db, meta, person));
  }

  @Delete('people/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deactivatePerson(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { successorId }: LeaverQuery,
    @Meta() meta: CommandMeta,
  ): Promise<void> {
    await deactivatePerson(this.db, meta, id, successorId ?? null);
  }

  @Put('people/:id/post')
  @HttpCode(204)
  @ApiNoContentResponse()
  async changePost(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: PostBody,
    @Meta() meta: CommandMeta,
  ): Promise<void> {
    await changePost(this.db, meta, id, { ...body });
  }

  @Put('people/:id/human')
  @HttpCode(204)
  @ApiNoContentResponse()
  async setHuman(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: HumanBody,
    @Meta() meta: CommandMeta,
  ): Promise<void> {
    await setHuman(this.db, meta, id, body.sameAs);
  }

  @Post('people/:id/identities')
  @HttpCode(204)
  @ApiNoContentResponse()
  async linkIdentity(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: IdentityBody,
    @Meta() meta: CommandMeta,
  ): Promise<void> {
    await linkOidcIdentity(this.db, meta, id, body);
  }

  @Post('people/:id/grants')
  @ApiCreatedResponse({ type: CreatedId })
  async grantRole(
    @Param('id', ParseUUIDPipe) personId: string,
    @Body() body: GrantBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedId> {
    const { role, unitId = null, limit = null, from = null, to = null } = body;
    const money = limit && { amount: limit.amount, currency: limit.currency };
    return replyWith(
      response,
      await grantRole(this.db, meta, {
        personId,
        role,
        unitId,
        limit: money,
        from,
        to,
      }),
    );
  }

  @Delete('grants/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async revokeGrant(@Param('id', ParseUUIDPipe) id: string, @Meta() meta: CommandMeta): Promise<void> {
    await revokeGrant(this.db, meta, id);
  }
}
