import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { OPPORTUNITY_STAGES } from '../../domain/opportunity/stage.js';
import { CustomerRef } from '../customers/customers.dto.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';

const OWNERS = ['me', 'all'] as const;

export class OpportunityListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: OPPORTUNITY_STAGES })
  @IsOptional()
  @IsIn(OPPORTUNITY_STAGES)
  stage?: (typeof OPPORTUNITY_STAGES)[number];

  @ApiPropertyOptional({ type: String, maxLength: 80, description: 'in the number or the customer’s name' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  search?: string;

  @ApiPropertyOptional({ enum: OWNERS, default: 'all' })
  @IsOptional()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];
}

export class OpportunityBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  productId?: string;

  @ApiPropertyOptional({ type: Money })
  @IsOptional()
  @ValidateNested()
  @Type(() => Money)
  amount?: Money;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class StageBody {
  @ApiProperty({ enum: OPPORTUNITY_STAGES })
  @IsIn(OPPORTUNITY_STAGES)
  stage!: (typeof OPPORTUNITY_STAGES)[number];

  @ApiPropertyOptional({ type: String, maxLength: 200, description: 'mandatory for LOST' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  lostReason?: string;

  @ApiPropertyOptional({ type: String, maxLength: 200, description: 'mandatory for LOST' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  competitor?: string;
}

class ProductRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class OpportunityView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  number!: string;

  @ApiProperty({ type: CustomerRef, nullable: true, description: 'null while an open deal has no account' })
  customer!: CustomerRef | null;

  @ApiProperty({ type: ProductRef, nullable: true })
  product!: ProductRef | null;

  @ApiProperty({ type: PersonRef })
  owner!: PersonRef;

  @ApiProperty({ enum: OPPORTUNITY_STAGES })
  stage!: string;

  @ApiProperty({ type: Money, nullable: true })
  amount!: Money | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  engagedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  closedOn!: string | null;
}

export class OpportunityPage extends pageOf(OpportunityView) {}
