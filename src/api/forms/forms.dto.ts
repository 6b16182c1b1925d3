import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { PageQuery, pageOf } from '../http/paging.dto.js';
import { KIND_KEY } from '../../domain/request-kind/kind.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { FormKind } from '../request-kinds/request-kinds.dto.js';
import { NamedThings } from '../requests/attachments.dto.js';
import { MAX_APPROVERS } from '../requests/requests.dto.js';

export const FORM_STATES = [
  'DRAFT',
  'IN_APPROVAL',
  'RETURNED',
  'APPROVED',
  'REJECTED',
  'WITHDRAWN',
  'TERMINATED',
  'EXPIRED',
  'REVOKED',
] as const;

export class FormListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: FORM_STATES })
  @MayBeLeftOut()
  @IsIn(FORM_STATES)
  state?: (typeof FORM_STATES)[number];
}

export class EditFormBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'may be incomplete while it is a draft',
  })
  @IsObject()
  document!: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_APPROVERS })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MAX_APPROVERS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  approverIds?: string[];
}

export class CreateFormBody extends EditFormBody {
  @ApiProperty({ type: String, example: 'expense' })
  @Matches(KIND_KEY)
  kind!: string;
}

export class SubmitFormBody {
  @ApiPropertyOptional({ type: String, maxLength: 5000, description: 'the preview’s planHash' })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(5000)
  planHash?: string;

  @ApiPropertyOptional({ type: Boolean })
  @MayBeLeftOut()
  @IsBoolean()
  acceptPlanChange?: boolean;

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

export class FormSummary {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'EX-2026-000012' })
  number!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ enum: FORM_STATES })
  state!: string;

  @ApiProperty({ type: FormKind })
  kind!: FormKind;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'the last request for its approval',
  })
  requestId!: string | null;

  @ApiProperty({ type: Boolean, description: 'approved, and changed beyond that since' })
  stale!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;
}

export class FormPage extends pageOf(FormSummary) {}

class FieldProblem {
  @ApiProperty({ type: String, example: '/items/0/amount' })
  pointer!: string;

  @ApiProperty({ type: String })
  code!: string;

  @ApiProperty({ type: String })
  rule!: string;
}

export class FormView extends FormSummary {
  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  document!: object;

  @ApiProperty({ type: [String] })
  approverIds!: string[];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'what its kind says of it' })
  content!: object;

  @ApiProperty({ type: NamedThings, description: 'the people and files the document names' })
  named!: NamedThings;

  @ApiProperty({ type: [FieldProblem], description: 'what stands against submitting it' })
  problems!: FieldProblem[];
}

export class FormDeleted {
  @ApiProperty({ type: String, format: 'uuid' })
  formId!: string;
}
