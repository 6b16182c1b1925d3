import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { editContractText, submitContract } from '../../commands/contract/edit.js';
import { cancelContract, markMilestoneDone } from '../../commands/contract/performance.js';
import { sealContract, uploadCounterSigned } from '../../commands/contract/signing.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { contractPdf } from '../../queries/contract/contract-pdf.js';
import { listContracts } from '../../queries/contract/contract-list.js';
import { contractText, mustReachContract } from '../../queries/contract/contracts.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { DocumentQuery } from '../http/document-query.dto.js';
import { mustHaveFile, type Upload } from '../http/files.js';
import { IfMatch } from '../http/if-match.js';
import { Meta } from '../http/meta.js';
import { sendPdf } from '../http/send-pdf.js';
import { Paging, type Page } from '../http/paging.js';
import { ContractDesk } from './contract-desk.js';
import {
  CancelContractBody,
  ContractTextBody,
  CounterSignedBody,
  CounterSignedForm,
  MilestoneDoneBody,
  SealBody,
  SubmitContractBody,
} from './contract-bodies.dto.js';
import { ContractFound, ContractListQuery, ContractPage, ContractView } from './contracts.dto.js';

const MAX_FILE_BYTES = 10 * 1024 * 1024;

@ApiTags('contracts')
@Controller('contracts')
export class ContractsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
    private readonly desk: ContractDesk,
  ) {}

  @Get()
  @Allow('contract:read')
  @ApiOkResponse({ type: ContractPage })
  list(@Query() query: ContractListQuery, @CurrentViewer() viewer: Viewer): Promise<Page<ContractFound>> {
    return this.paging.read('contracts', query, (slice) => listContracts(this.db, viewer, query, slice));
  }

  @Get(':id')
  @Allow('contract:read')
  @ApiOkResponse({ type: ContractView })
  one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.view(viewer, id, response);
  }

  @Get(':id/text')
  @Allow('contract:read')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async text(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    const { number, text } = await contractText(this.db, viewer, id);
    response
      .setHeader('Content-Type', 'text/plain; charset=utf-8')
      .setHeader('Content-Disposition', `attachment; filename="${number}.txt"`)
      .setHeader('X-Content-Type-Options', 'nosniff')
      .send(text);
  }

  @Get(':id/pdf')
  @Allow('contract:read')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: DocumentQuery,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    await mustReachContract(this.db, viewer, 'contract:read', id);
    sendPdf(response, await contractPdf(this.db, id, language));
  }

  @Put(':id/text')
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Body() body: ContractTextBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    const clauses = body.clauses.map(({ key, title, text }) => ({ key, title, text }));
    return this.desk.act('contract:write', viewer, id, response, () =>
      editContractText(this.db, meta, {
        contractId: id,
        rowVersion,
        clauses,
        durationMonths: body.durationMonths,
      }),
    );
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SubmitContractBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      submitContract(this.db, meta, {
        contractId: id,
        comment: body.comment ?? null,
        ccPersonIds: body.ccPersonIds,
      }),
    );
  }

  @Post(':id/seal')
  @HttpCode(200)
  @Allow('seal:apply')
  @ApiOkResponse({ type: ContractView })
  seal(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SealBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('seal:apply', viewer, id, response, () =>
      sealContract(this.db, meta, { contractId: id, note: body.note ?? null }),
    );
  }

  @Post(':id/counter-signed')
  @HttpCode(200)
  @Allow('contract:sign')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: CounterSignedForm })
  @ApiOkResponse({ type: ContractView })
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 4 } }))
  counterSigned(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { signedOn }: CounterSignedBody,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    const { originalname, buffer } = mustHaveFile(file);
    const copy = { contractId: id, signedOn, fileName: safeName(originalname), bytes: buffer };
    return this.desk.act('contract:sign', viewer, id, response, () =>
      uploadCounterSigned(this.db, meta, copy),
    );
  }

  @Post(':id/milestones/:mid/done')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  milestoneDone(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('mid', ParseUUIDPipe) milestoneId: string,
    @Body() body: MilestoneDoneBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    const done = { contractId: id, milestoneId, doneOn: body.doneOn, note: body.note ?? null };
    return this.desk.act('contract:write', viewer, id, response, () =>
      markMilestoneDone(this.db, meta, done),
    );
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('contract:write')
  @ApiOkResponse({ type: ContractView })
  cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: CancelContractBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractView> {
    return this.desk.act('contract:write', viewer, id, response, () =>
      cancelContract(this.db, meta, { contractId: id, reason: body.reason }),
    );
  }
}

/** A name to show, never a path. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/[\p{Cc}"<>:|?*]/gu, '_').slice(0, 200) || 'signed';
}
