import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';
import { ContractClause } from './contracts.dto.js';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const DATE_RULE = { message: '$property is a date YYYY-MM-DD' };

export class ContractTextBody {
  @ApiProperty({ type: [ContractClause] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContractClause)
  clauses!: ContractClause[];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 600,
    nullable: true,
    description: 'left out: as it is',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(600)
  durationMonths?: number | null;
}

export class SealBody {
  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}

export class SubmitContractBody {
  @ApiPropertyOptional({ type: String, maxLength: 4000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(4000)
  comment?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'who is sent a copy' })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ccPersonIds?: string[];
}

export class CancelContractBody {
  @ApiProperty({ type: String, minLength: 3, maxLength: 2000 })
  @IsString()
  @MinLength(3)
  @MaxLength(2000)
  reason!: string;
}

export class CounterSignedBody {
  @ApiProperty({ type: String, format: 'date', description: 'the day on the signature' })
  @Matches(DATE, DATE_RULE)
  signedOn!: string;
}

export class CounterSignedForm extends CounterSignedBody {
  @ApiProperty({ type: String, format: 'binary' })
  file!: unknown;
}

export class MilestoneDoneBody {
  @ApiProperty({ type: String, format: 'date' })
  @Matches(DATE, DATE_RULE)
  doneOn!: string;

  @ApiPropertyOptional({ type: String, maxLength: 2000 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  note?: string;
}
