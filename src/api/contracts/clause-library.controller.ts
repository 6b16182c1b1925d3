import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { offeredClauses } from '../../queries/contract/clause-library.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';

export class OfferedClause {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: String })
  text!: string;

  @ApiProperty({ type: Boolean, description: 'legal review need not look at it' })
  standard!: boolean;

  @ApiProperty({ type: Boolean })
  inEveryContract!: boolean;
}

/** The clauses a contract may take; they are kept as the policy `contract`, with its drafts and second person. */
@ApiTags('contracts')
@Controller('contract-clauses')
export class ClauseLibraryController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('contract:read')
  @ApiOkResponse({ type: [OfferedClause] })
  list(@CurrentViewer() viewer: Viewer): Promise<OfferedClause[]> {
    return offeredClauses(this.db, viewer);
  }
}
