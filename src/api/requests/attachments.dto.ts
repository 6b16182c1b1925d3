import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../http/wire.dto.js';

/** What a file is, and the digest of what it says. */
export class AttachmentRef {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, example: 'application/pdf' })
  mediaType!: string;

  @ApiProperty({ type: 'integer', description: 'bytes' })
  size!: number;

  @ApiProperty({ type: String, pattern: '^[0-9a-f]{64}$' })
  sha256!: string;
}

export class Attachment extends AttachmentRef {
  @ApiProperty({ type: PersonRef })
  by!: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

export class NamedThings {
  @ApiProperty({ type: [PersonRef] })
  people!: PersonRef[];

  @ApiProperty({ type: [AttachmentRef] })
  files!: AttachmentRef[];
}

export class AttachmentForm {
  @ApiProperty({ type: String, format: 'binary' })
  file!: unknown;
}

class Signature {
  @ApiProperty({ type: String, format: 'uuid' })
  seatId!: string;

  @ApiProperty({ type: String })
  stage!: string;

  @ApiProperty({ type: PersonRef, nullable: true })
  by!: PersonRef | null;

  @ApiProperty({ type: String })
  action!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, description: 'compact JWS, Ed25519' })
  jws!: string;

  @ApiProperty({
    enum: ['BAD_SIGNATURE', 'UNKNOWN_KEY', 'OTHER_ANSWER'],
    nullable: true,
    description: 'null: it proves exactly this answer',
  })
  fault!: 'BAD_SIGNATURE' | 'UNKNOWN_KEY' | 'OTHER_ANSWER' | null;
}

export class RequestSignatures {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'public keys, JWK',
  })
  keys!: object[];

  @ApiProperty({ type: [Signature] })
  signatures!: Signature[];
}
