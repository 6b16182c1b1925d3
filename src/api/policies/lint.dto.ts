import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsUUID, Matches, MaxLength } from 'class-validator';
import type { Json } from '../../domain/json.js';
import type { CaseAnswer } from '../../policy/cases.js';
import type { Severity } from '../../policy/problem.js';
import { InsteadOf, MayBeLeftOut } from '../http/left-out.js';
import { KIND } from './policies.dto.js';

/** A draft by its id, or a content nobody has stored yet with its kind. */
export class LintPolicyBody {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  draftId?: string;

  @ApiPropertyOptional({ type: String, example: 'approval.quote', description: 'needed without draftId' })
  @InsteadOf('draftId')
  @MaxLength(60)
  @Matches(KIND)
  kind?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'needed without draftId' })
  @InsteadOf('draftId')
  @IsObject()
  content?: Json;
}

class PolicyProblem {
  @ApiProperty({ type: String, description: 'row/column, stage, ladder, parameter or node' })
  at!: string;

  @ApiProperty({ type: String, nullable: true })
  row!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'input or output of the cell' })
  column!: string | null;

  @ApiProperty({ type: String })
  code!: string;

  @ApiProperty({ enum: ['ERROR', 'WARNING'], description: 'with an ERROR it cannot be put in force' })
  severity!: Severity;

  @ApiProperty({ type: String })
  message!: string;

  @ApiProperty({ type: String })
  messageZh!: string;
}

const REFUSED: NonNullable<CaseAnswer['refused']>[] = ['FACTS', 'NO_ROW', 'ENGINE'];

class PolicyCaseAnswer {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: Boolean })
  passed!: boolean;

  @ApiProperty({ type: [String], description: 'stages that are asked' })
  stages!: string[];

  @ApiProperty({ type: [String], description: 'rows that count' })
  rows!: string[];

  @ApiProperty({ enum: REFUSED, nullable: true, description: 'why there is no answer' })
  refused!: CaseAnswer['refused'];
}

export class PolicyLint {
  @ApiProperty({ type: 'integer' })
  errors!: number;

  @ApiProperty({ type: 'integer' })
  warnings!: number;

  @ApiProperty({ type: [PolicyProblem], description: 'errors first; at most 200' })
  problems!: PolicyProblem[];

  @ApiProperty({ type: [PolicyCaseAnswer], description: 'what the table answers to its own test cases' })
  cases!: PolicyCaseAnswer[];
}
