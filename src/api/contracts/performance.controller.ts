import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { closeDispute, openDispute } from '../../commands/contract/dispute.js';
import { actOnOrder, placeOrder } from '../../commands/contract/order.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { contractPerformance } from '../../queries/contract/performance.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import { ContractDesk } from './contract-desk.js';
import {
  CloseDisputeBody,
  DeliveredBody,
  DisputeBody,
  NoteBody,
  OrderBody,
  PerformanceView,
} from './performance.dto.js';

/** Orders under a contract in force, and disputes about it. */
@ApiTags('contracts')
@Controller('contracts')
export class ContractPerformanceController {
  constructor(
    private readonly db: DataSource,
    private readonly desk: ContractDesk,
  ) {}

  @Get(':id/performance')
  @Allow('contract:read')
  @ApiOkResponse({ type: PerformanceView })
  read(
    @Param('id', ParseUUIDPipe) contractId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<PerformanceView> {
    return contractPerformance(this.db, viewer, contractId);
  }

  @Post(':id/orders')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  place(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Body() body: OrderBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      placeOrder(this.db, meta, {
        contractId,
        lines: body.lines.map(({ no, qty }) => ({ no, qty })),
        deliverBy: body.deliverBy,
        note: body.note ?? null,
      }),
    );
  }

  @Post(':id/orders/:orderId/confirm')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  confirm(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: NoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      actOnOrder(this.db, meta, { contractId, orderId, act: 'CONFIRM', on: null, note: body.note ?? null }),
    );
  }

  @Post(':id/orders/:orderId/deliver')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  deliver(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: DeliveredBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      actOnOrder(this.db, meta, {
        contractId,
        orderId,
        act: 'DELIVER',
        on: body.deliveredOn,
        note: body.note ?? null,
      }),
    );
  }

  @Post(':id/orders/:orderId/cancel')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  cancel(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: NoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      actOnOrder(this.db, meta, { contractId, orderId, act: 'CANCEL', on: null, note: body.note ?? null }),
    );
  }

  @Post(':id/disputes')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  dispute(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Body() { ownerId, ...body }: DisputeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      openDispute(this.db, meta, { contractId, ...body, ownerId: ownerId ?? null }),
    );
  }

  @Post(':id/disputes/:disputeId/close')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: PerformanceView })
  close(
    @Param('id', ParseUUIDPipe) contractId: string,
    @Param('disputeId', ParseUUIDPipe) disputeId: string,
    @Body() body: CloseDisputeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PerformanceView> {
    return this.act(viewer, contractId, response, () =>
      closeDispute(this.db, meta, { contractId, disputeId, ...body }),
    );
  }

  private async act(
    viewer: Viewer,
    contractId: string,
    response: Response,
    command: () => Promise<Answer<unknown>>,
  ): Promise<PerformanceView> {
    await this.desk.run('contract:write', viewer, contractId, response, command);
    return contractPerformance(this.db, viewer, contractId);
  }
}
