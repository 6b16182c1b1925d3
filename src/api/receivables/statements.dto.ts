import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { pageOf } from '../http/paging.dto.js';

const HEADING = {
  type: String,
  maxLength: 60,
  description: 'heading of the column; left out: the name of this field',
};

export class StatementBody {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({ ...HEADING, description: 'heading of the column with the bank’s own id of a line' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  sourceId?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  valueDate?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  amount?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  currency?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  payerName?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  payerAccount?: string;

  @ApiPropertyOptional(HEADING)
  @MayBeLeftOut()
  @IsString()
  @MaxLength(60)
  reference?: string;

  @ApiPropertyOptional({ type: String, example: 'dd.MM.yyyy', default: 'yyyy-MM-dd' })
  @MayBeLeftOut()
  @Matches(/^[yMd./ -]{5,12}$/, { message: 'dateFormat is made of y, M, d and . / - or blanks' })
  dateFormat?: string;

  @ApiPropertyOptional({ enum: ['.', ','], default: '.' })
  @MayBeLeftOut()
  @IsIn(['.', ','])
  decimal?: '.' | ',';

  @ApiPropertyOptional({
    type: String,
    example: 'CNY',
    description: 'of every line, where no column says it',
  })
  @MayBeLeftOut()
  @Matches(/^[A-Z]{3}$/)
  fixedCurrency?: string;
}

export class StatementForm extends StatementBody {
  @ApiProperty({
    type: String,
    format: 'binary',
    description: 'CAMT.053, or CSV with a header in UTF-8 or GB18030',
  })
  file!: unknown;
}

export class BankStatement {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  companyId!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ enum: ['CSV', 'CAMT.053'] })
  format!: string;

  @ApiProperty({ type: 'integer', description: 'lines that became payments' })
  booked!: number;

  @ApiProperty({ type: 'integer', description: 'lines that were booked before' })
  duplicates!: number;

  @ApiProperty({
    type: 'integer',
    description: 'money that went out, and entries the bank has not booked yet',
  })
  ignored!: number;

  @ApiProperty({ type: 'integer' })
  brokenLines!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

class BrokenStatementLine {
  @ApiProperty({ type: 'integer', description: 'line of a CSV, number of the entry in CAMT' })
  no!: number;

  @ApiProperty({ type: String })
  field!: string;

  @ApiProperty({ type: String })
  code!: string;

  @ApiProperty({ type: String })
  rule!: string;
}

export class BankStatementDetail extends BankStatement {
  @ApiProperty({ type: [BrokenStatementLine] })
  broken!: BrokenStatementLine[];
}

export class BankStatementPage extends pageOf(BankStatement) {}
