import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  SIGNING_PROVIDERS,
  SIGNING_STATES,
  type SigningProvider,
  type SigningState,
} from '../../domain/contract/signing.js';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';

export class SignerBody {
  @ApiProperty({ type: String, minLength: 1, maxLength: 200, description: 'they sign with this very name' })
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 200,
    description: 'for whom they sign; left out: for themselves',
  })
  @MayBeLeftOut()
  @IsString()
  @Matches(/\S/)
  @MaxLength(200)
  organisation?: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 254,
    description: 'mobile number or mail address; a provider needs it',
  })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(254)
  account?: string;
}

export class StartSigningBody {
  @ApiProperty({ type: [SignerBody], minItems: 1, maxItems: 5 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => SignerBody)
  signers!: SignerBody[];

  @ApiProperty({ enum: DOCUMENT_LANGUAGES, description: 'of the page and of the frame of the PDF' })
  @IsIn(DOCUMENT_LANGUAGES)
  language!: DocumentLanguage;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 90, default: 14 })
  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(90)
  days?: number;
}

const SIGNER_STATES = ['PENDING', 'SIGNED', 'DECLINED'] as const;

class SignerView {
  @ApiProperty({ type: 'integer' })
  no!: number;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  organisation!: string | null;

  @ApiProperty({ type: String, nullable: true })
  account!: string | null;

  @ApiProperty({ enum: SIGNER_STATES })
  state!: (typeof SIGNER_STATES)[number];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'state of the last mail to them, as in the delivery log; null: none was sent',
  })
  mail!: string | null;
}

const FLOW_ACTIONS = ['CANCEL', 'LINK', 'MAIL'] as const;

class SigningFlowView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ enum: SIGNING_PROVIDERS })
  provider!: SigningProvider;

  @ApiProperty({ enum: SIGNING_STATES })
  state!: SigningState;

  @ApiProperty({ type: String, nullable: true, description: 'why it ended other than by its signers' })
  cause!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'why, in the words of whoever ended it' })
  said!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'what the provider answered instead of an answer',
  })
  trouble!: string | null;

  @ApiProperty({ type: String, description: 'SHA-256 of the approved text' })
  textHash!: string;

  @ApiProperty({ type: String, description: 'SHA-256 of the PDF the signers were given' })
  documentHash!: string;

  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of what came back signed' })
  signedHash!: string | null;

  @ApiProperty({ type: PersonRef })
  by!: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: [SignerView] })
  signers!: SignerView[];

  @ApiProperty({ enum: FLOW_ACTIONS, isArray: true })
  actions!: (typeof FLOW_ACTIONS)[number][];
}

export class ContractSigning {
  @ApiProperty({ enum: SIGNING_PROVIDERS, description: 'who would collect signatures now' })
  provider!: SigningProvider;

  @ApiProperty({ type: Boolean })
  mayStart!: boolean;

  @ApiProperty({ type: [SigningFlowView], description: 'newest first' })
  flows!: SigningFlowView[];
}

export class SigningLinkGiven {
  @ApiProperty({
    type: String,
    description: 'a path on this origin, or an address at the provider; whoever has it may sign',
  })
  url!: string;
}

export class SigningEvidence {
  @ApiProperty({
    type: String,
    description: 'compact JWS (EdDSA) over contract, version, hashes, signers and time',
  })
  certificate!: string;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'JWK' })
  keys!: object[];

  @ApiProperty({ type: Boolean, description: 'verified now, against what is recorded' })
  isValid!: boolean;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  signers!: object[];
}
