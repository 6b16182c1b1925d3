import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import { EXPOSURE_KINDS, type ExposureKind } from '../../domain/credit/exposure.js';
import { CREDIT_CHECKS, REACTIONS, type CreditCheck, type Reaction } from '../../domain/credit/policy.js';
import { MayBeLeftOut } from '../http/left-out.js';

const decimal = { type: String, example: '540000', description: 'decimal, in base currency' };

export class CreditQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'left out: the default company' })
  @MayBeLeftOut()
  @IsUUID()
  companyId?: string;

  @ApiPropertyOptional({
    ...decimal,
    description: 'of a deal that is thought of, in base currency; left out: none',
  })
  @MayBeLeftOut()
  @Matches(/^\d{1,15}(\.\d{1,4})?$/, { message: 'amount is a plain decimal string, at most 4 decimals' })
  amount?: string;
}

export class CreditLineView {
  @ApiProperty({ enum: ['OWN', 'GROUP'] }) of!: 'OWN' | 'GROUP';
  @ApiProperty(decimal) limit!: string;
  @ApiProperty({ ...decimal, description: 'what counts against it by the weights of the policy' })
  used!: string;
  @ApiProperty({ ...decimal, description: 'negative where more is used than there is' }) available!: string;
}

export class ExposurePartView {
  @ApiProperty({ enum: EXPOSURE_KINDS }) kind!: ExposureKind;
  @ApiProperty(decimal) amount!: string;
  @ApiProperty({ type: String, description: 'share that counts, 0–1' }) weight!: string;
  @ApiProperty(decimal) counted!: string;
}

export class CheckStepView {
  @ApiProperty({ enum: ['FROM', 'OVER'] }) at!: 'FROM' | 'OVER';
  @ApiProperty({ type: String }) value!: string;
}

export class CheckResultView {
  @ApiProperty({ enum: CREDIT_CHECKS }) check!: CreditCheck;
  @ApiProperty({ type: String }) value!: string;
  @ApiProperty({ enum: REACTIONS }) reaction!: Reaction;
  @ApiProperty({ type: CheckStepView, nullable: true }) step!: CheckStepView | null;

  @ApiProperty({
    ...decimal,
    nullable: true,
    description: 'with so much less it would not block; null: it does not, or no amount helps',
  })
  lessBy!: string | null;
}

export class CreditView {
  @ApiProperty({ type: String, format: 'uuid' }) customerId!: string;
  @ApiProperty({ type: String, format: 'uuid' }) companyId!: string;
  @ApiProperty({ type: String, example: 'CNY' }) baseCurrency!: string;
  @ApiProperty({ type: String, nullable: true }) creditClass!: string | null;

  @ApiProperty({ type: [CreditLineView], description: 'none: no credit, not unlimited credit' })
  lines!: CreditLineView[];

  @ApiProperty({ type: [ExposurePartView] }) exposure!: ExposurePartView[];
  @ApiProperty({ type: [CheckResultView] }) checks!: CheckResultView[];

  @ApiProperty({ type: Boolean, description: 'whether a deal of the amount would be reserved now' })
  covered!: boolean;
}
