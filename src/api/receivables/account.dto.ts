import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsUUID, Matches } from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { IsDay } from './day.js';

export class PeriodQuery {
  @ApiProperty({ type: String, format: 'date', description: 'in the period' })
  @IsDay()
  from!: string;

  @ApiProperty({ type: String, format: 'date', description: 'in the period' })
  @IsDay()
  to!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;
}

export class AccountQuery extends PeriodQuery {
  @ApiPropertyOptional({ type: String, description: 'left out: that of the company' })
  @MayBeLeftOut()
  @Matches(/^[A-Z]{3}$/)
  currency?: string;
}

export class AccountLetterQuery extends AccountQuery {
  @ApiPropertyOptional({ enum: DOCUMENT_LANGUAGES, default: 'zh-CN' })
  @IsIn(DOCUMENT_LANGUAGES)
  language: DocumentLanguage = 'zh-CN';
}

export class FiguresOfReceivablesQuery extends PeriodQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;
}

class Movement {
  @ApiProperty({ type: String, format: 'date' })
  on!: string;

  @ApiProperty({ type: String, example: 'PAYMENT', description: '…_REVERSED: taken back' })
  kind!: string;

  @ApiProperty({ type: String })
  invoiceNo!: string;

  @ApiProperty({ type: String, description: 'signed: above 0 is owed' })
  amount!: string;
}

class OpenInvoice {
  @ApiProperty({ type: String })
  invoiceNo!: string;

  @ApiProperty({ type: String, format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: 'integer' })
  daysPastDue!: number;

  @ApiProperty({ type: String })
  outstanding!: string;
}

export class AccountStatementView {
  @ApiProperty({ type: String })
  customer!: string;

  @ApiProperty({ type: String })
  company!: string;

  @ApiProperty({ type: String })
  currency!: string;

  @ApiProperty({ type: String, format: 'date' })
  from!: string;

  @ApiProperty({ type: String, format: 'date' })
  to!: string;

  @ApiProperty({ type: String })
  opening!: string;

  @ApiProperty({ type: [Movement] })
  movements!: readonly Movement[];

  @ApiProperty({ type: String })
  closing!: string;

  @ApiProperty({ type: [OpenInvoice] })
  open!: readonly OpenInvoice[];
}

const AMOUNT = { type: String, description: 'in base currency' };
const DAYS = { type: String, nullable: true, description: 'days; null: undefined' };
const PERCENT = { type: String, nullable: true, description: 'percent; null: undefined' };

export class FiguresOfReceivables {
  @ApiProperty({ type: String, format: 'date' })
  from!: string;

  @ApiProperty({ type: String, format: 'date' })
  to!: string;

  @ApiProperty(AMOUNT)
  opening!: string;

  @ApiProperty(AMOUNT)
  sales!: string;

  @ApiProperty(AMOUNT)
  cash!: string;

  @ApiProperty(AMOUNT)
  due!: string;

  @ApiProperty(AMOUNT)
  closing!: string;

  @ApiProperty(AMOUNT)
  closingNotDue!: string;

  @ApiProperty(DAYS)
  dso!: string | null;

  @ApiProperty(DAYS)
  countbackDso!: string | null;

  @ApiProperty(DAYS)
  bestPossibleDso!: string | null;

  @ApiProperty(DAYS)
  addDays!: string | null;

  @ApiProperty(PERCENT)
  cei!: string | null;

  @ApiProperty(PERCENT)
  collectionRatePct!: string | null;

  @ApiProperty(PERCENT)
  overdueRatePct!: string | null;
}
