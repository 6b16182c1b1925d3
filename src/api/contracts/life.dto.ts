import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import { SUSPENSION_CAUSES, type SuspensionCause } from '../../domain/contract/life.js';
import { MayBeLeftOut } from '../http/left-out.js';

export class ReasonBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  reason!: string;
}

export class SuspendBody extends ReasonBody {
  @ApiProperty({ enum: SUSPENSION_CAUSES })
  @IsIn(SUSPENSION_CAUSES)
  cause!: SuspensionCause;
}

export class CompleteBody {
  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}
