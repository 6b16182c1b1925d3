import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IMPORT_KINDS, type ImportKind } from '../../domain/import/row.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';

const STATES = ['PENDING', 'RUNNING', 'DONE', 'FAILED'] as const;
const SEVERITIES = ['ERROR', 'WARNING'] as const;

export class ImportListQuery extends PageQuery {}
export class ImportErrorQuery extends PageQuery {}

/** The fields of the multipart form besides `file`. */
export class ImportBody {
  @ApiProperty({ enum: IMPORT_KINDS })
  @IsIn(IMPORT_KINDS)
  kind!: ImportKind;
}

export class ImportForm extends ImportBody {
  @ApiProperty({ type: String, format: 'binary', description: 'CSV, UTF-8 or GB18030, at most 20 MB' })
  file!: unknown;
}

export class ImportJob {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: IMPORT_KINDS })
  kind!: string;

  @ApiProperty({ type: String })
  fileName!: string;

  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'null until the first rows are in, and when a broken row hides the rest',
  })
  rowsTotal!: number | null;

  @ApiProperty({ type: 'integer', description: 'created + updated + unchanged + invalid' })
  rowsRead!: number;

  @ApiProperty({ type: 'integer' })
  created!: number;

  @ApiProperty({ type: 'integer' })
  updated!: number;

  @ApiProperty({ type: 'integer' })
  unchanged!: number;

  @ApiProperty({ type: 'integer', description: 'rows that were not imported' })
  invalid!: number;

  @ApiProperty({
    type: 'integer',
    description: 'flaws of imported and other rows that somebody should look at',
  })
  warnings!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  failure!: string | null;
}

export class ImportError {
  @ApiProperty({ type: 'integer', description: 'row of the file; the header is row 1' })
  row!: number;

  @ApiProperty({ type: String })
  column!: string;

  @ApiProperty({ type: String })
  value!: string;

  @ApiProperty({ type: String, example: 'DATE_FORMAT' })
  rule!: string;

  @ApiProperty({ enum: SEVERITIES, description: 'ERROR: the row was not imported' })
  severity!: (typeof SEVERITIES)[number];

  @ApiProperty({ type: String })
  message!: string;
}

export class ImportJobPage extends pageOf(ImportJob) {}
export class ImportErrorPage extends pageOf(ImportError) {}
