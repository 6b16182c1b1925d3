import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { MAX_FILE_BYTES } from '../../commands/import/file.js';
import { createImport } from '../../commands/import/job.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { IMPORT_KINDS, PRICE_KINDS, type ImportKind } from '../../domain/import/row.js';
import { DomainError } from '../../domain/errors.js';
import {
  allImportErrors,
  findImport,
  listImportErrors,
  listImports,
} from '../../queries/import/import-jobs.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { fileNameOf } from '../http/file-name.js';
import { mustHaveFile, type Upload } from '../http/files.js';
import { RecordsRead } from '../http/access-log.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { sendErrorsCsv } from './errors-csv.js';
import {
  ImportBody,
  ImportError,
  ImportErrorPage,
  ImportErrorQuery,
  ImportForm,
  ImportJob,
  ImportJobPage,
  ImportListQuery,
} from './imports.dto.js';

/** Prices by whoever keeps them, everything else by whoever may import for all. */
function permissionFor(kind: ImportKind): 'price:write' | 'import:run' {
  return PRICE_KINDS.includes(kind) ? 'price:write' : 'import:run';
}

function mayImport({ permissions }: Viewer, kind: ImportKind): boolean {
  const permission = permissionFor(kind);
  const scope = permissions[permission];
  return permission === 'price:write' ? scope !== undefined : scope !== undefined && scope !== 'OWN';
}

function mustBeAllowed(viewer: Viewer, kind: ImportKind): void {
  if (!mayImport(viewer, kind)) throw new DomainError('FORBIDDEN', { permission: permissionFor(kind) });
}

@ApiTags('imports')
@Controller('imports')
@Allow('import:run')
export class ImportsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: ImportForm })
  @ApiAcceptedResponse({ type: ImportJob })
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 4 } }))
  async upload(
    @Body() { kind }: ImportBody,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportJob> {
    mustBeAllowed(viewer, kind);
    const { originalname, buffer } = mustHaveFile(file);
    const answer = await createImport(this.db, meta, {
      kind,
      fileName: fileNameOf(originalname, 'file.csv'),
      bytes: buffer,
    });
    return findImport(this.db, viewer, replyWith(response, answer).id);
  }

  @Get()
  @ApiOkResponse({ type: ImportJobPage })
  list(@Query() query: ImportListQuery, @CurrentViewer() viewer: Viewer): Promise<Page<ImportJob>> {
    return this.paging.read('imports', query, (slice) => listImports(this.db, viewer, slice));
  }

  /** What whoever asks may import. */
  @Get('kinds')
  @ApiOkResponse({ schema: { type: 'array', items: { type: 'string', enum: [...IMPORT_KINDS] } } })
  kinds(@CurrentViewer() viewer: Viewer): ImportKind[] {
    return IMPORT_KINDS.filter((kind) => mayImport(viewer, kind));
  }

  @Get(':id')
  @ApiOkResponse({ type: ImportJob })
  one(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<ImportJob> {
    return findImport(this.db, viewer, id);
  }

  @Get(':id/errors')
  @ApiOkResponse({ type: ImportErrorPage })
  async errors(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: ImportErrorQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Page<ImportError>> {
    await findImport(this.db, viewer, id);
    return this.paging.read(`imports/${id}/errors`, query, (slice) => listImportErrors(this.db, id, slice));
  }

  @Get(':id/errors.csv')
  @RecordsRead('IMPORT_ERRORS')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async errorsCsv(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    await findImport(this.db, viewer, id);
    await sendErrorsCsv(response, id, allImportErrors(this.db, id));
  }
}
