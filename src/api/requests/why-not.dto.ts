import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { RuleVerdict, StageVerdict } from '../../commands/approval/why-not.js';
import type { Dropped } from '../../domain/approval/events.js';
import { PersonRef } from '../http/wire.dto.js';
import { SeatReason } from './approval.dto.js';

const PERSONS: readonly StageVerdict['person'][] = [
  'ASKED',
  'DROPPED',
  'NOT_NAMED',
  'STAGE_NOT_ASKED',
  'UNKNOWN',
];
const VERDICTS: readonly RuleVerdict['verdict'][] = ['MET', 'OUTRANKED', 'UNMET'];

export class WhyNotQuery {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  person!: string;
}

class InputName {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String })
  label!: string;
}

class UnmetCondition {
  @ApiProperty({ type: InputName })
  input!: InputName;

  @ApiProperty({ type: String, nullable: true, description: 'null without the right to read policies' })
  cell!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'null when the reader may not see this figure' })
  value!: string | null;
}

class RuleVerdictView {
  @ApiProperty({ type: String })
  rowId!: string;

  @ApiProperty({ type: String })
  rule!: string;

  @ApiProperty({ enum: VERDICTS, description: 'OUTRANKED holds, but a higher level of its group decides' })
  verdict!: RuleVerdict['verdict'];

  @ApiProperty({ type: UnmetCondition, nullable: true, description: 'the first condition that failed' })
  unmet!: UnmetCondition | null;
}

class StageVerdictView {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: Boolean, description: 'some rule asked for it' })
  asked!: boolean;

  @ApiProperty({
    enum: PERSONS,
    description:
      'DROPPED would have been asked but for `code` · STAGE_NOT_ASKED had a rule asked for the stage · UNKNOWN the organisation of then was not kept',
  })
  person!: StageVerdict['person'];

  @ApiProperty({ type: String, nullable: true })
  code!: Dropped['code'] | null;

  @ApiProperty({ type: [SeatReason] })
  why!: SeatReason[];

  @ApiProperty({ type: [RuleVerdictView] })
  rules!: RuleVerdictView[];
}

class PolicyRef {
  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;
}

/** Why a person was, or was not, asked in the present round. */
export class WhyNotView {
  @ApiProperty({ type: PersonRef })
  person!: PersonRef;

  @ApiProperty({ type: PolicyRef })
  policy!: PolicyRef;

  @ApiProperty({
    type: [StageVerdictView],
    description: 'stages in which the person has no part either way come last',
  })
  stages!: StageVerdictView[];
}
