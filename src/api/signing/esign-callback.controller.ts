import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { hearOfSigning } from '../../commands/contract/signing-provider.js';
import { DomainError } from '../../domain/errors.js';
import { Public } from '../http/access.js';
import type { ApiRequest } from '../http/request.js';
import { ApiSettings } from '../http/settings.js';
import { verifiedEvent } from './esign-callback.js';

/**
 * e签宝 says that something happened with a flow. What happened is not taken from here: the flow's process asks e签宝 at once,
 * as it would have later anyway. So a repeated, late or false word can cause a question, nothing else.
 */
@ApiExcludeController()
@Controller('signing-callbacks')
@Public()
export class EsignCallbackController {
  constructor(
    private readonly db: DataSource,
    private readonly settings: ApiSettings,
  ) {}

  @Post('esign')
  @HttpCode(200)
  async hear(@Req() request: ApiRequest): Promise<{ code: string; msg: string }> {
    const { esign } = this.settings.options;
    if (!esign) throw new DomainError('NOT_FOUND');
    const { headers, query, rawBody = Buffer.alloc(0) } = request;
    const raw = { headers, query: query as Record<string, string>, body: rawBody };
    const { signFlowId } = verifiedEvent(esign, raw, Date.now());
    if (!(await hearOfSigning(this.db, signFlowId, request.requestId))) throw new DomainError('NOT_FOUND');
    return { code: '200', msg: 'success' };
  }
}
