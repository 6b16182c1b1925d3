import { createHash } from 'node:crypto';
import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { textOf } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { accountDocument, type AccountStatement } from '../../domain/receivable/account-document.js';
import { printPdf } from '../../queries/document/pdf.js';
import { accountStatement } from '../../queries/receivable/account.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { sendFile } from '../http/files.js';
import { sendPdf } from '../http/send-pdf.js';
import { AccountLetterQuery, AccountQuery, AccountStatementView } from './account.dto.js';
import { accountWorkbook } from './account-workbook.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 对账单: what a customer owed, what moved, what is open. */
@ApiTags('receivables')
@Controller('customers/:id/statement')
@Allow('receivable:read')
export class AccountController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOkResponse({ type: AccountStatementView })
  read(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: AccountQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<AccountStatementView> {
    return this.statement(id, query, viewer);
  }

  @Get('pdf')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: AccountLetterQuery,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    const statement = await this.statement(id, query, viewer);
    const { language } = query;
    const blocks = accountDocument(statement, language);
    const name = `${statement.customer} ${statement.from} – ${statement.to}`;
    const textHash = createHash('sha256').update(textOf(blocks)).digest('hex');
    const datedAt = `${statement.to}T00:00:00.000Z`;
    const bytes = await printPdf({ name, language, blocks, textHash, datedAt });
    sendPdf(response, { name: `statement-${statement.to}.pdf`, bytes });
  }

  @Get('xlsx')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async xlsx(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: AccountLetterQuery,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    const statement = await this.statement(id, query, viewer);
    const bytes = await accountWorkbook(statement, query.language);
    sendFile(response, { name: `statement-${statement.to}.xlsx`, mediaType: XLSX, bytes });
  }

  private statement(id: string, query: AccountQuery, viewer: Viewer): Promise<AccountStatement> {
    const { from, to, companyId, currency } = query;
    if (to < from)
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/to', code: 'BEFORE_FROM', rule: 'not before from' },
      ]);
    return accountStatement(this.db, viewer, id, {
      from,
      to,
      companyId: companyId ?? null,
      currency: currency ?? null,
    });
  }
}
