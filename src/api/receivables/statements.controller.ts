import {
  Body,
  Controller,
  Get,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { importStatement } from '../../commands/receivable/import-statement.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { listStatements, readStatement } from '../../queries/receivable/statements.js';
import { Allow } from '../http/access.js';
import { fileNameOf } from '../http/file-name.js';
import { mustHaveFile, type Upload } from '../http/files.js';
import { Meta, replyWith } from '../http/meta.js';
import { PageQuery } from '../http/paging.dto.js';
import { Paging, type Page } from '../http/paging.js';
import {
  BankStatement,
  BankStatementDetail,
  BankStatementPage,
  StatementBody,
  StatementForm,
} from './statements.dto.js';

/** What the bank says came in: every line is booked once, with a suggestion that finance confirms. */
@ApiTags('receivables')
@Controller('bank-statements')
@Allow('receivable:post')
export class BankStatementsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: StatementForm })
  @ApiCreatedResponse({ type: BankStatementDetail })
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: 20 * 1024 * 1024, files: 1, fields: 12 } }))
  async upload(
    @Body() { companyId, ...mapping }: StatementBody,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BankStatementDetail> {
    const { originalname, buffer } = mustHaveFile(file);
    const answer = await importStatement(this.db, meta, {
      companyId: companyId ?? null,
      name: fileNameOf(originalname, 'statement'),
      bytes: buffer,
      mapping,
    });
    return readStatement(this.db, replyWith(response, answer).statementId);
  }

  @Get()
  @ApiOkResponse({ type: BankStatementPage })
  list(@Query() query: PageQuery): Promise<Page<BankStatement>> {
    return this.paging.read('bank-statements', query, (slice) => listStatements(this.db, slice));
  }

  @Get(':id')
  @ApiOkResponse({ type: BankStatementDetail })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<BankStatementDetail> {
    return readStatement(this.db, id);
  }
}
