import { ApiProperty } from '@nestjs/swagger';

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

export class KindView extends KindSummary {
  @ApiProperty({ type: 'object', additionalProperties: true })
  content!: object;
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
