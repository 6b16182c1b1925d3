import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsObject, IsString, Matches, MaxLength, Min, MinLength } from 'class-validator';
import type { Json } from '../../domain/json.js';

export const KIND_KEY = /^[a-z][a-z0-9-]{1,39}$/;

export class Words {
  @ApiProperty({ type: String })
  zh!: string;

  @ApiProperty({ type: String })
  en!: string;
}

/** Which kind, in which version, a document is of. */
export class FormKind {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: Words })
  titles!: Words;
}

export class KindSummary {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: Words })
  titles!: Words;

  @ApiProperty({ type: Words, nullable: true })
  description!: Words | null;

  @ApiProperty({ type: String, example: 'approval.expense' })
  policyKind!: string;

  @ApiProperty({ type: Boolean, description: 'no more requests of it are started' })
  retired!: boolean;

  @ApiProperty({ type: Boolean, description: 'a policy is in force that routes it' })
  routed!: boolean;
}

class KindVersion {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String })
  note!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;
}

export class KindView extends KindSummary {
  @ApiProperty({ type: 'object', additionalProperties: true })
  content!: object;

  @ApiProperty({ type: [KindVersion], description: 'latest first' })
  versions!: KindVersion[];
}

class GivenFact {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ enum: ['decimal', 'boolean', 'string', 'strings'] })
  type!: string;
}

export class BuiltInKindView {
  @ApiProperty({ type: String, example: 'QUOTE' })
  kind!: string;

  @ApiProperty({ type: String })
  policyKind!: string;

  @ApiProperty({ type: [GivenFact], nullable: true, description: 'null: whatever the caller sends' })
  facts!: readonly GivenFact[] | null;

  @ApiProperty({ type: [String] })
  relevant!: readonly string[];

  @ApiProperty({ type: String, nullable: true })
  exposure!: string | null;

  @ApiProperty({ enum: ['quoteToContract', 'generalApproval'] })
  workflow!: string;
}

export class KindList {
  @ApiProperty({ type: [KindSummary] })
  kinds!: KindSummary[];

  @ApiProperty({ type: [BuiltInKindView], description: 'kinds with modules of their own' })
  builtIn!: BuiltInKindView[];
}

export class LintKindBody {
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  content!: Json;
}

class KindBody extends LintKindBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 500, description: 'why' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  note!: string;
}

export class DefineKindBody extends KindBody {
  @ApiProperty({ type: String, example: 'expense' })
  @Matches(KIND_KEY)
  key!: string;
}

export class EditKindBody extends KindBody {
  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  expectedVersion!: number;
}

export class RetireKindBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 500 })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}
