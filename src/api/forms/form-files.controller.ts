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
import { attachToForm } from '../../commands/request-kind/attach.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { readForm } from '../../queries/request-kind/forms.js';
import { filesOf, readFormFile } from '../../queries/request-kind/named.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { fileNameOf } from '../http/file-name.js';
import { mustHaveFile, ONE_FILE, sendFile, type Upload } from '../http/files.js';
import { Meta, replyWith } from '../http/meta.js';
import { AttachmentForm, AttachmentRef } from '../requests/attachments.dto.js';

/** Files that fields of a document name. */
@ApiTags('request kinds')
@Controller('forms/:id/attachments')
export class FormFilesController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @Allow('approval:read')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: AttachmentForm })
  @ApiCreatedResponse({ type: AttachmentRef })
  @UseInterceptors(FileInterceptor('file', ONE_FILE))
  async attach(
    @Param('id', ParseUUIDPipe) formId: string,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AttachmentRef> {
    const { originalname, buffer } = mustHaveFile(file);
    const upload = { formId, name: fileNameOf(originalname, 'file'), bytes: buffer };
    const { id } = replyWith(response, await attachToForm(this.db, meta, upload));
    return (await filesOf(this.db, formId)).find((one) => one.id === id)!;
  }

  /** For whoever started it; everybody else reads files by the request. */
  @Get(':attachmentId')
  @Allow('approval:read')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Param('id', ParseUUIDPipe) formId: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    await readForm(this.db, viewer.personId, formId);
    sendFile(response, await readFormFile(this.db, formId, attachmentId));
  }
}
