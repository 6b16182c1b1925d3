import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, IsUUID, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { BLOCK_CAUSES, type BlockCause } from '../../domain/customer/block.js';
import { MayBeNull } from '../http/left-out.js';
import { Money, PersonRef } from '../http/wire.dto.js';

/** Free words of whoever acts, kept with what they did. */
export class LiftBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  note!: string;
}

export class BlockBody extends LiftBody {
  @ApiProperty({ enum: BLOCK_CAUSES })
  @IsIn(BLOCK_CAUSES)
  cause!: BlockCause;
}

class WithReason {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  reason!: string;
}

export class ParentBody extends WithReason {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  @MayBeNull()
  @IsUUID()
  parentId!: string | null;
}

export class CreditBody extends WithReason {
  @ApiProperty({ type: Money, nullable: true, description: 'null = none granted, not unlimited' })
  @MayBeNull()
  @ValidateNested()
  @Type(() => Money)
  limit!: Money | null;

  @ApiProperty({ type: Money, nullable: true, description: 'of the head of a group: for all of it together' })
  @MayBeNull()
  @ValidateNested()
  @Type(() => Money)
  groupLimit!: Money | null;

  @ApiProperty({ type: String, maxLength: 10, nullable: true })
  @MayBeNull()
  @IsString()
  @MaxLength(10)
  creditClass!: string | null;
}

/** Nobody may deal with the customer. */
export class BlockInForce {
  @ApiProperty({ enum: BLOCK_CAUSES })
  cause!: BlockCause;

  @ApiProperty({ type: PersonRef })
  blockedBy!: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  blockedAt!: string;
}

export class CustomerBlockView extends BlockInForce {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'only for whoever may block' })
  note!: string | null;

  @ApiProperty({ type: String, nullable: true })
  liftNote!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  liftedBy!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  liftedAt!: string | null;
}
