import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { changeEndpoint, createEndpoint, type EndpointVault } from '../../commands/channel/endpoint.js';
import { SecretBox } from '../../commands/channel/secret-box.js';
import { testEndpoint } from '../../commands/channel/test-endpoint.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { listEndpoints } from '../../queries/notification/endpoints.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { ApiSettings } from '../http/settings.js';
import { DeliveryQueued } from './deliveries.dto.js';
import { Endpoint, EndpointBody, EndpointChangeBody } from './endpoints.dto.js';

/** Where messages go besides mail: robots of messengers and webhooks of other systems. */
@ApiTags('operations')
@Controller('channel-endpoints')
export class EndpointsController {
  private readonly vault: EndpointVault;

  constructor(
    private readonly db: DataSource,
    { options }: ApiSettings,
  ) {
    this.vault = { box: new SecretBox(options.secret), allowedHosts: options.outboundAllowedHosts ?? [] };
  }

  @Get()
  @Allow('org:admin', 'ops:read')
  @ApiOkResponse({ type: [Endpoint] })
  list(): Promise<Endpoint[]> {
    return listEndpoints(this.db);
  }

  @Post()
  @Allow('org:admin', 'ops:act')
  @ApiCreatedResponse({ type: Endpoint })
  async create(
    @Body() body: EndpointBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Endpoint> {
    const endpoint = {
      ...body,
      secret: body.secret ?? null,
      kinds: body.kinds ?? [],
      personId: body.personId ?? null,
      locale: body.locale ?? ('zh-CN' as const),
    };
    return this.one(replyWith(response, await createEndpoint(this.db, meta, endpoint, this.vault)).id);
  }

  @Patch(':id')
  @Allow('org:admin', 'ops:act')
  @ApiOkResponse({ type: Endpoint })
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { secret, ...body }: EndpointChangeBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Endpoint> {
    const change = { ...body, id, ...(secret === undefined ? {} : { secret: secret || null }) };
    return this.one(replyWith(response, await changeEndpoint(this.db, meta, change, this.vault)).id);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Allow('org:admin', 'ops:act')
  @ApiAcceptedResponse({ type: DeliveryQueued })
  async test(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeliveryQueued> {
    return replyWith(response, await testEndpoint(this.db, meta, id));
  }

  private async one(id: string): Promise<Endpoint> {
    const all = await listEndpoints(this.db);
    return all.find((endpoint) => endpoint.id === id)!;
  }
}
