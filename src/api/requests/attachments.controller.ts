import {
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { attachFile } from '../../commands/approval/attach.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { attachmentsOfRequest } from '../../queries/request/attachments.js';
import { readRequestFile } from '../../queries/request/request-file.js';
import { requestSignatures } from '../../queries/request/signatures.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { fileNameOf } from '../http/file-name.js';
import { mustHaveFile, ONE_FILE, sendFile, type Upload } from '../http/files.js';
import { Meta, replyWith } from '../http/meta.js';
import { Attachment, AttachmentForm, RequestSignatures } from './attachments.dto.js';

@ApiTags('approvals')
@Controller('requests/:id')
export class AttachmentsController {
  constructor(private readonly db: DataSource) {}

  @Post('attachments')
  @Allow('approval:read')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: AttachmentForm })
  @ApiCreatedResponse({ type: Attachment })
  @UseInterceptors(FileInterceptor('file', ONE_FILE))
  async attach(
    @Param('id', ParseUUIDPipe) requestId: string,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Attachment> {
    const { originalname, buffer } = mustHaveFile(file);
    const { id } = replyWith(
      response,
      await attachFile(this.db, meta, {
        requestId,
        name: fileNameOf(originalname, 'file'),
        bytes: buffer,
        sees: (tx, seen) => mayReadRequest(tx, viewer, seen),
      }),
    );
    const all = await attachmentsOfRequest(this.db, requestId);
    return all.find((attachment) => attachment.id === id)!;
  }

  @Get('attachments/:attachmentId')
  @RecordsRead('ATTACHMENT')
  @Allow('approval:read')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Param('id', ParseUUIDPipe) requestId: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    sendFile(response, await readRequestFile(this.db, viewer, requestId, attachmentId));
  }

  @Get('signatures')
  @RecordsRead('REQUEST')
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestSignatures })
  async signatures(
    @Param('id', ParseUUIDPipe) requestId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<RequestSignatures> {
    if (!(await mayReadRequest(this.db, viewer, requestId))) throw new DomainError('NOT_FOUND');
    return requestSignatures(this.db, requestId);
  }
}
