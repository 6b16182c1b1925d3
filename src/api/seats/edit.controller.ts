import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { tryEdit } from '../../commands/approval/edit.js';
import type { Actor } from '../../domain/actor.js';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { editView } from '../../queries/request/edit-view.js';
import { Allow, CurrentActor, CurrentViewer } from '../http/access.js';
import { EditBody, EditPreview } from './edit.dto.js';

@ApiTags('approvals')
@Controller('seats')
export class EditController {
  constructor(private readonly db: DataSource) {}

  /** The live check of what an approver types (AE-SUB-2). */
  @Post(':seatId/edits/preview')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: EditPreview })
  async preview(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: EditBody,
    @CurrentActor() actor: Actor,
    @CurrentViewer() viewer: Viewer,
  ): Promise<EditPreview> {
    const sees = (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id);
    const trial = await tryEdit(this.db, actor, { seatId, edits: body.edits as JsonObject, sees });
    return editView(this.db, viewer, trial);
  }
}
