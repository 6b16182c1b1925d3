import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { Money, PersonRef } from '../http/wire.dto.js';
import { AskedAgain } from '../requests/envelope.dto.js';
import { ChangeRow } from '../requests/history.dto.js';

export class EditBody {
  @ApiProperty({ type: 'object', additionalProperties: true, example: { '/termDays': 30 } })
  @IsObject()
  edits!: Record<string, unknown>;
}

class InvalidatedStage extends AskedAgain {
  @ApiProperty({ type: [PersonRef], description: 'who would be asked again' })
  people!: PersonRef[];
}

class AddedStage {
  @ApiProperty({ type: String })
  stageKey!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: [PersonRef] })
  people!: PersonRef[];
}

class LeftOutStage {
  @ApiProperty({ type: String })
  stageKey!: string;

  @ApiProperty({ type: String })
  title!: string;
}

/** What an approval with these edits would bring about; nothing is written. */
export class EditPreview {
  @ApiProperty({ type: Boolean, description: 'the content would be another than the present one' })
  changed!: boolean;

  @ApiProperty({ type: String })
  subjectHash!: string;

  @ApiProperty({ type: Money, nullable: true })
  amount!: { amount: string; currency: string } | null;

  @ApiProperty({ type: [ChangeRow] })
  changes!: ChangeRow[];

  @ApiProperty({ type: [InvalidatedStage], description: 'acceptInvalidation of the decision names these' })
  invalidates!: InvalidatedStage[];

  @ApiProperty({ type: [AddedStage] })
  added!: AddedStage[];

  @ApiProperty({ type: [LeftOutStage] })
  leftOut!: LeftOutStage[];
}
