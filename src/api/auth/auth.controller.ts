import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Logins } from '../../commands/auth/login.js';
import { issuePersonalToken, revokePersonalToken } from '../../commands/auth/personal-token.js';
import { endSession } from '../../commands/auth/session.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import { findMe, listTokens } from '../../queries/org/me.js';
import { loadRights } from '../../queries/org/rights.js';
import { Allow, CurrentPrincipal, Public } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import type { ApiRequest, Principal } from '../http/request.js';
import { clearSessionCookie, setSessionCookie } from '../http/session-cookie.js';
import {
  IssuedToken,
  LoginBody,
  Me,
  PersonalToken,
  Session,
  SteppedUp,
  StepUpBody,
  TokenBody,
} from './auth.dto.js';

@ApiTags('auth')
@Controller()
export class AuthController {
  constructor(
    private readonly db: DataSource,
    private readonly logins: Logins,
  ) {}

  @Post('auth/login')
  @Public()
  @HttpCode(200)
  @ApiOkResponse({ type: Session })
  async login(
    @Body() body: LoginBody,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const session = await this.logins.login({
      ...body,
      address: request.ip ?? 'unknown',
    });
    setSessionCookie(request, response, session.token, session.expiresAt);
    const { roles, permissions } = await loadRights(this.db, session.personId);
    const me = await this.card(session.personId, roles, permissions);
    return { token: session.token, expiresAt: session.expiresAt, me };
  }

  @Post('auth/step-up')
  @Allow()
  @HttpCode(200)
  @ApiOkResponse({ type: SteppedUp })
  async stepUp(
    @Body() { password }: StepUpBody,
    @Meta() _meta: CommandMeta,
    @CurrentPrincipal() { sessionId }: Principal,
    @Req() request: ApiRequest,
  ): Promise<SteppedUp> {
    const address = request.ip ?? 'unknown';
    return { authenticatedAt: await this.logins.stepUp({ sessionId, password, address }) };
  }

  @Post('auth/logout')
  @Allow()
  @HttpCode(204)
  @ApiNoContentResponse()
  async logout(
    @Meta() _meta: CommandMeta,
    @CurrentPrincipal() { personId, sessionId }: Principal,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    clearSessionCookie(request, response);
    if (sessionId) await endSession(this.db, personId, sessionId);
  }

  @Get('me')
  @Allow()
  @ApiOkResponse({ type: Me })
  me(@CurrentPrincipal() { personId, roles, permissions }: Principal): Promise<Me> {
    return this.card(personId, roles, permissions);
  }

  @Get('auth/tokens')
  @Allow()
  @ApiOkResponse({ type: [PersonalToken] })
  tokens(@CurrentPrincipal() { personId }: Principal): Promise<PersonalToken[]> {
    return listTokens(this.db, personId);
  }

  @Post('auth/tokens')
  @Allow()
  @ApiCreatedResponse({ type: IssuedToken })
  async issueToken(
    @Body() { name, days }: TokenBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IssuedToken> {
    const { issued, token } = await issuePersonalToken(this.db, meta, name, days);
    return { ...replyWith(response, issued), token };
  }

  @Delete('auth/tokens/:id')
  @Allow()
  @HttpCode(204)
  @ApiNoContentResponse()
  async revokeToken(@Param('id', ParseUUIDPipe) id: string, @Meta() meta: CommandMeta): Promise<void> {
    await revokePersonalToken(this.db, meta, id);
  }

  private async card(
    personId: string,
    roles: readonly string[],
    permissions: readonly string[],
  ): Promise<Me> {
    const found = await findMe(this.db, personId);
    if (!found) throw new DomainError('NOT_FOUND');
    return { ...found, roles: [...roles], permissions: [...permissions] };
  }
}
