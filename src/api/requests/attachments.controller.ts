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
import { accessTo, mayReadRequest } from '../../queries/request/access.js';
import { attachmentsOfRequest, readAttachment } from '../../queries/request/attachments.js';
import { readFormFile } from '../../queries/request-kind/named.js';
import { readRequestView } from '../../queries/request/request-view.js';
import { requestSignatures } from '../../queries/request/signatures.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { fileNameOf } from '../http/file-name.js';
import { ONE_FILE, sendFile, type Upload } from '../http/files.js';
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
    if (!file)
      throw new DomainError('VALIDATION', {}, [{ pointer: '/file', code: 'REQUIRED', rule: 'a file' }]);
    const { id } = replyWith(
      response,
      await attachFile(this.db, meta, {
        requestId,
        name: fileNameOf(file.originalname, 'file'),
        bytes: file.buffer,
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
    await this.mustRead(viewer, requestId, 'FULL');
    const { form } = await readRequestView(this.db, viewer, requestId);
    const isOfForm = form?.named.files.some(({ id }) => id === attachmentId) === true;
    sendFile(
      response,
      await (isOfForm
        ? readFormFile(this.db, form.formId, attachmentId)
        : readAttachment(this.db, requestId, attachmentId)),
    );
  }

  @Get('signatures')
  @RecordsRead('REQUEST')
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestSignatures })
  async signatures(
    @Param('id', ParseUUIDPipe) requestId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<RequestSignatures> {
    await this.mustRead(viewer, requestId);
    return requestSignatures(this.db, requestId);
  }

  /** A copy is the request without its files. */
  private async mustRead(viewer: Viewer, requestId: string, least?: 'FULL'): Promise<void> {
    const access = await accessTo(this.db, viewer, requestId);
    if (access === null || (least === 'FULL' && access !== 'FULL')) throw new DomainError('NOT_FOUND');
  }
}
