import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { blockCustomer, liftBlock } from '../../commands/customer/block.js';
import { setCredit } from '../../commands/customer/credit.js';
import { setParent } from '../../commands/customer/parent.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { blocksOf, findCustomer, mustReachCustomer } from '../../queries/customer/customers.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { BlockBody, CreditBody, CustomerBlockView, LiftBody, ParentBody } from './customer-standing.dto.js';
import { CustomerView } from './customers.dto.js';

/** Whether and how far one may deal with a customer. What is in approval for them follows. */
@ApiTags('customers')
@Controller('customers/:id')
export class CustomerStandingController {
  constructor(private readonly db: DataSource) {}

  @Get('blocks')
  @Allow('customer:read')
  @ApiOkResponse({ type: [CustomerBlockView] })
  blocks(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CustomerBlockView[]> {
    return blocksOf(this.db, viewer, id);
  }

  @Post('block')
  @HttpCode(200)
  @Allow('customer:block')
  @ApiOkResponse({ type: CustomerView })
  block(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { cause, note }: BlockBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    return this.act('customer:block', viewer, id, response, () =>
      blockCustomer(this.db, meta, { customerId: id, cause, note }),
    );
  }

  @Post('unblock')
  @HttpCode(200)
  @Allow('customer:block')
  @ApiOkResponse({ type: CustomerView })
  unblock(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { note }: LiftBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    return this.act('customer:block', viewer, id, response, () =>
      liftBlock(this.db, meta, { customerId: id, note }),
    );
  }

  @Put('parent')
  @Allow('customer:write')
  @ApiOkResponse({ type: CustomerView })
  parent(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { parentId, reason }: ParentBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    return this.act('customer:write', viewer, id, response, () =>
      setParent(this.db, meta, { customerId: id, expectedVersion, parentId: parentId ?? null, reason }),
    );
  }

  @Put('credit')
  @Allow('customer:credit')
  @ApiOkResponse({ type: CustomerView })
  credit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { limit, groupLimit, creditClass, reason }: CreditBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    return this.act('customer:credit', viewer, id, response, () =>
      setCredit(this.db, meta, {
        customerId: id,
        expectedVersion,
        limit: limit ?? null,
        groupLimit: groupLimit ?? null,
        creditClass: creditClass ?? null,
        reason,
      }),
    );
  }

  /** Only on customers the person may reach under the permission; answers the customer as they are then. */
  private async act(
    permission: string,
    viewer: Viewer,
    id: string,
    response: Response,
    run: () => Promise<Answer<object>>,
  ): Promise<CustomerView> {
    await mustReachCustomer(this.db, viewer, permission, id);
    replyWith(response, await run());
    const customer = await findCustomer(this.db, viewer, id);
    setVersion(response, customer.rowVersion);
    return customer;
  }
}
