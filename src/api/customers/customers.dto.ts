import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { BlockInForce } from './customer-standing.dto.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { Money } from '../http/wire.dto.js';

export class CustomerListQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

/** A customer in a link. */
export class CustomerRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class CustomerView extends CustomerRef {
  @ApiProperty({ type: 'integer' })
  rowVersion!: number;

  @ApiProperty({ type: String, nullable: true })
  sector!: string | null;

  @ApiProperty({ type: String, nullable: true })
  country!: string | null;

  @ApiProperty({ type: String, example: 'Asia/Shanghai' })
  zone!: string;

  @ApiProperty({ type: String, nullable: true })
  creditClass!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'whose price list is theirs' })
  tier!: string | null;

  @ApiProperty({ type: String, nullable: true })
  region!: string | null;

  @ApiProperty({ type: Money, nullable: true, description: 'null = none granted, not unlimited' })
  creditLimit!: Money | null;

  @ApiProperty({ type: Money, nullable: true, description: 'for their whole group, where they head one' })
  groupLimit!: Money | null;

  @ApiProperty({ type: CustomerRef, nullable: true })
  parent!: CustomerRef | null;

  @ApiProperty({ type: BlockInForce, nullable: true, description: 'nobody may deal with them now' })
  block!: BlockInForce | null;
}

export class CustomerPage extends pageOf(CustomerView) {}
