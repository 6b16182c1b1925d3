import { Body, Controller, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { fillFields } from '../../commands/request-kind/fill.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { readRequestView } from '../../queries/request/request-view.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { RequestView } from '../requests/request-view.dto.js';

export class FillBody {
  @ApiProperty({ type: 'object', additionalProperties: true, example: { '/costCentre': 'CC-17' } })
  @IsObject()
  values!: Record<string, unknown>;
}

/** What holders of open tasks fill in (row 34). */
@ApiTags('request kinds')
@Controller('requests')
export class FieldsController {
  constructor(private readonly db: DataSource) {}

  @Put(':id/fields')
  @Allow('approval:decide')
  @ApiOkResponse({ type: RequestView })
  async fill(
    @Param('id', ParseUUIDPipe) requestId: string,
    @Body() body: FillBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const sees = (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id);
    const input = { requestId, values: body.values as JsonObject, sees };
    replyWith(response, await fillFields(this.db, meta, input));
    return readRequestView(this.db, viewer, requestId);
  }
}
