import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Viewer } from '../../queries/org/scope.js';
import { quotedClauses } from '../../queries/quote/quoted-clauses.js';
import { OfferedClause } from '../contracts/clause-library.controller.js';
import { Allow, CurrentViewer } from '../http/access.js';

class QuotedClause {
  @ApiProperty({ type: String, example: 'LIABILITY' })
  name!: string;

  @ApiProperty({
    type: OfferedClause,
    nullable: true,
    description: 'what a contract says of it otherwise; null: the library has nothing under this name',
  })
  library!: OfferedClause | null;
}

/** In what a quotation may leave the standard clauses. */
@ApiTags('quotes')
@Controller('quote-clauses')
export class QuoteClausesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('quote:read')
  @ApiOkResponse({ type: [QuotedClause] })
  list(@CurrentViewer() viewer: Viewer): Promise<QuotedClause[]> {
    return quotedClauses(this.db, viewer);
  }
}
