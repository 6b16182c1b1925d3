import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../http/wire.dto.js';

/** Shapes every module with an approval shows: who holds it, why somebody was asked. */
export class HolderChip {
  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: [PersonRef] })
  people!: PersonRef[];

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: String, format: 'date-time' })
  since!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt!: string | null;

  @ApiProperty({ type: Boolean })
  overdue!: boolean;

  @ApiProperty({ type: String, nullable: true })
  stuck!: string | null;
}

export class SeatReason {
  @ApiProperty({ type: String })
  rule!: string;

  @ApiProperty({ type: String })
  text!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  inputs!: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer' })
  policyVersion!: number;

  @ApiProperty({ type: String })
  rowId!: string;
}

export const CERTAINTIES = ['FIXED', 'MAY_CHANGE'] as const;
export const REQUEST_KINDS = ['QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION', 'SPLIT'] as const;
export const REQUEST_STATES = [
  'PENDING',
  'RETURNED',
  'APPROVED',
  'REJECTED',
  'WITHDRAWN',
  'TERMINATED',
  'EXPIRED',
  'REVOKED',
] as const;
