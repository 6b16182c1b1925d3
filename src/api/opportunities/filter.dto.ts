import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { FORECASTS, type Forecast } from '../../domain/opportunity/pipeline.js';
import { DEAL_SORTS, type DealSort } from '../../queries/opportunity/filter.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery } from '../http/paging.dto.js';

export const STAGE = /^[A-Z][A-Z0-9_]{0,39}$/;
export const PIPELINE = /^[a-z]{1,40}$/;
export const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const OWNERS = ['me', 'all'] as const;

function truth({ value }: { value: unknown }): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

export class DealFilterQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, example: 'standard' })
  @MayBeLeftOut()
  @Matches(PIPELINE)
  pipeline?: string;

  @ApiPropertyOptional({ enum: OWNERS, default: 'all' })
  @MayBeLeftOut()
  @IsIn(OWNERS)
  owner?: (typeof OWNERS)[number];

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  ownerId?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'with the units below it' })
  @MayBeLeftOut()
  @IsUUID()
  unitId?: string;

  @ApiPropertyOptional({ enum: FORECASTS })
  @MayBeLeftOut()
  @IsIn(FORECASTS)
  forecast?: Forecast;

  @ApiPropertyOptional({ type: String, format: 'date' })
  @MayBeLeftOut()
  @Matches(DATE)
  closeFrom?: string;

  @ApiPropertyOptional({ type: String, format: 'date' })
  @MayBeLeftOut()
  @Matches(DATE)
  closeTo?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'without contact for too long' })
  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  stuck?: boolean;

  @ApiPropertyOptional({ type: Boolean, description: 'past the close date' })
  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  slipped?: boolean;

  @ApiPropertyOptional({
    type: String,
    maxLength: 80,
    description: 'in the number, title or customer’s name',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class OpportunityListQuery extends DealFilterQuery {
  @ApiPropertyOptional({ type: String, example: 'QUOTED' })
  @MayBeLeftOut()
  @Matches(STAGE)
  stage?: string;

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, format: 'date' })
  @MayBeLeftOut()
  @Matches(DATE)
  closedSince?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'neither closed nor on hold' })
  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  open?: boolean;

  @ApiPropertyOptional({
    enum: DEAL_SORTS,
    default: 'newest',
    description:
      'close and contact list open deals only, the first to close and the longest without contact first',
  })
  @MayBeLeftOut()
  @IsIn(DEAL_SORTS)
  sort?: DealSort;
}

export class SinceQuery extends DealFilterQuery {
  @ApiPropertyOptional({ type: String, format: 'date-time' })
  @Matches(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/, {
    message: 'a date, or an ISO 8601 instant with a zone',
  })
  since!: string;
}
