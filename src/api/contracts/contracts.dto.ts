import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsString, MaxLength, MinLength } from 'class-validator';
import { CONTRACT_STATES, type ContractState } from '../../domain/contract/contract.js';
import { SUSPENSION_CAUSES, type SuspensionCause } from '../../domain/contract/life.js';
import { CustomerRef } from '../customers/customers.dto.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';
import { HolderChip } from '../requests/approval.dto.js';

const OWNERS = ['me', 'all'] as const;
export class ContractListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CONTRACT_STATES })
  @MayBeLeftOut()
  @IsIn(CONTRACT_STATES)
  state?: ContractState;

  @ApiPropertyOptional({ enum: OWNERS })
  @MayBeLeftOut()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class ContractSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'C-2026-000045' })
  number!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: CONTRACT_STATES })
  state!: ContractState;

  @ApiProperty({ type: CustomerRef })
  customer!: CustomerRef;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: Money })
  total!: Money;

  @ApiProperty({ type: HolderChip, nullable: true })
  holder!: HolderChip | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  requestId!: string | null;

  @ApiProperty({ type: String, format: 'uuid' })
  quoteId!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;
}

export class ContractFound extends ContractSummary {
  @ApiProperty({ type: String, nullable: true, description: 'where the text says what was searched for' })
  snippet!: string | null;
}

export class ContractPage extends pageOf(ContractFound) {}

export class ContractClause {
  @ApiProperty({ type: String, maxLength: 60 })
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  key!: string;

  @ApiProperty({ type: String, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  title!: string;

  @ApiProperty({ type: String, maxLength: 10000 })
  @IsString()
  @MinLength(1)
  @MaxLength(10_000)
  text!: string;

  @ApiPropertyOptional({ type: Boolean, description: 'answered by the server; ignored when sent' })
  @MayBeLeftOut()
  @IsBoolean()
  standard?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'of the library; answered by the server, ignored when sent',
  })
  @MayBeLeftOut()
  @IsInt()
  version?: number;
}

class PlanRow {
  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: String })
  trigger!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn!: string | null;

  @ApiProperty({ type: String })
  pct!: string;

  @ApiProperty({ type: Money })
  amount!: Money;

  @ApiProperty({ type: String })
  state!: string;
}

class MilestoneView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ type: String, format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  doneOn!: string | null;

  @ApiProperty({ type: Boolean })
  overdue!: boolean;
}

export class ChangeUnderWay {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: String })
  state!: string;
}

export class ContractView extends ContractSummary {
  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;

  @ApiProperty({ type: [ContractClause] })
  clauses!: ContractClause[];

  @ApiProperty({ type: String })
  text!: string;

  @ApiProperty({ type: String, description: 'SHA-256 of the text as UTF-8' })
  textHash!: string;

  @ApiProperty({ type: String, nullable: true })
  signedHash!: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  hashMatches!: boolean | null;

  @ApiProperty({ type: 'integer' })
  termDays!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sealedAt!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  sealedBy!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  counterSignedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  effectiveOn!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'months from effectiveness; null: until performed',
  })
  durationMonths!: number | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'the last day of its term' })
  endsOn!: string | null;

  @ApiProperty({ enum: SUSPENSION_CAUSES, nullable: true })
  suspendedFor!: SuspensionCause | null;

  @ApiProperty({
    type: Boolean,
    description: 'a change of it is under way; what is shown stays in force meanwhile',
  })
  changing!: boolean;

  @ApiProperty({ type: ChangeUnderWay, nullable: true })
  change!: ChangeUnderWay | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  endReason!: string | null;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'the archive keeps it until then',
  })
  retentionUntil!: string | null;

  @ApiProperty({ type: [PlanRow] })
  plan!: PlanRow[];

  @ApiProperty({ type: [MilestoneView] })
  milestones!: MilestoneView[];

  @ApiProperty({ type: [String] })
  actions!: string[];

  @ApiProperty({ enum: SUSPENSION_CAUSES, isArray: true, description: 'for what the viewer may hold it' })
  holds!: SuspensionCause[];
}
