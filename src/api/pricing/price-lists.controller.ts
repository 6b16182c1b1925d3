import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { createPriceList, discardPriceList, editPriceList } from '../../commands/product/list-draft.js';
import {
  publishPriceList,
  recallPriceList,
  sendBackPriceList,
  submitPriceList,
  withdrawPriceList,
} from '../../commands/product/list-review.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { listPriceLists, priceListDiff, readPriceList } from '../../queries/product/price-lists.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { PriceListBody, PriceListEditBody, SendBackBody, ValidityBody } from './pricing-body.dto.js';
import { PriceDifference, PriceListDetail, PriceListSummary } from './pricing.dto.js';
import { instants } from './validity.js';

/** How prices change: one person writes a version, another one publishes it from an instant on. */
@ApiTags('pricing')
@Controller('price-lists')
@Allow('price:write')
export class PriceListsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOkResponse({ type: [PriceListSummary] })
  list(): Promise<PriceListSummary[]> {
    return listPriceLists(this.db);
  }

  @Get(':id')
  @ApiOkResponse({ type: PriceListDetail })
  one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.view(viewer, id, response);
  }

  @Get(':id/diff')
  @ApiOkResponse({ type: [PriceDifference] })
  diff(
    @Param('id', ParseUUIDPipe) id: string,
    @Query('against', ParseUUIDPipe) against: string,
  ): Promise<PriceDifference[]> {
    return priceListDiff(this.db, id, against);
  }

  @Post()
  @ApiCreatedResponse({ type: PriceListDetail })
  create(
    @Body() { currency, tier = '', region = '', basedOn = undefined, note = undefined }: PriceListBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    const draft = { currency, tier, region, basedOn: basedOn ?? null, note: note ?? null };
    return this.done(viewer, response, createPriceList(this.db, meta, draft));
  }

  @Put(':id')
  @ApiOkResponse({ type: PriceListDetail })
  edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Body() body: PriceListEditBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    const items = body.items.map(({ minQty = '0', ...item }) => ({ ...item, minQty }));
    const edit = { id, rowVersion, note: body.note ?? null, items };
    return this.done(viewer, response, editPriceList(this.db, meta, edit));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  submit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Body() body: ValidityBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, submitPriceList(this.db, meta, { id, rowVersion, ...instants(body) }));
  }

  @Post(':id/recall')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  recall(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, recallPriceList(this.db, meta, id));
  }

  @Post(':id/send-back')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  sendBack(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Body() { reason }: SendBackBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, sendBackPriceList(this.db, meta, { id, rowVersion, reason }));
  }

  @Post(':id/publish')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  publish(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, publishPriceList(this.db, meta, { id, rowVersion }));
  }

  /** Before it holds: what was to end for it goes on. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, withdrawPriceList(this.db, meta, { id, rowVersion }));
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOkResponse({ type: PriceListDetail })
  discard(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PriceListDetail> {
    return this.done(viewer, response, discardPriceList(this.db, meta, id));
  }

  private async done(
    viewer: Viewer,
    response: Response,
    command: Promise<Answer<{ priceListId: string }>>,
  ): Promise<PriceListDetail> {
    const { priceListId } = replyWith(response, await command);
    return this.view(viewer, priceListId, response);
  }

  private async view(viewer: Viewer, id: string, response: Response): Promise<PriceListDetail> {
    const list = await readPriceList(this.db, viewer, id);
    setVersion(response, list.rowVersion);
    return list;
  }
}
