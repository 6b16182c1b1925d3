import { ApiProperty } from '@nestjs/swagger';

const ANY_VALUE = [
  { type: 'string' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'object', additionalProperties: true },
  { type: 'array', items: {} },
];

/** A field that its viewer may change with their approval (AE-SUB-2). */
export class EditableField {
  @ApiProperty({ type: String, example: '/lines/0/discountPct' })
  pointer!: string;

  @ApiProperty({ nullable: true, description: 'what it holds now', oneOf: ANY_VALUE })
  value!: unknown;
}
