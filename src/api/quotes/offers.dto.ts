import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';
import { MayBeLeftOut } from '../http/left-out.js';

export class OfferRecipient {
  @ApiProperty({ type: String, minLength: 1, maxLength: 200 })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @ApiProperty({ type: String, format: 'email', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  address!: string;

  @ApiProperty({ enum: DOCUMENT_LANGUAGES, description: 'of the mail, the page and the PDF' })
  @IsIn(DOCUMENT_LANGUAGES)
  language!: DocumentLanguage;
}

export class SendQuoteBody {
  @ApiPropertyOptional({
    type: OfferRecipient,
    description: 'who gets the offer by mail; left out: it is only noted that the customer has it',
  })
  @MayBeLeftOut()
  @ValidateNested()
  @Type(() => OfferRecipient)
  to?: OfferRecipient;
}

export class ResendQuoteBody {
  @ApiProperty({ type: OfferRecipient })
  @IsNotEmpty()
  @ValidateNested()
  @Type(() => OfferRecipient)
  to!: OfferRecipient;
}

export class OfferLinkBody {
  @ApiProperty({ enum: DOCUMENT_LANGUAGES })
  @IsIn(DOCUMENT_LANGUAGES)
  language!: DocumentLanguage;
}

export class OfferLinkGiven {
  @ApiProperty({ type: String, description: 'path of the page on this origin; whoever has it may answer' })
  path!: string;
}

class OfferLinkView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['MAIL', 'HAND'] })
  way!: 'MAIL' | 'HAND';

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  address!: string | null;

  @ApiProperty({ enum: DOCUMENT_LANGUAGES })
  language!: DocumentLanguage;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, description: 'whoever sent or took it' })
  by!: string;

  @ApiProperty({
    enum: ['PENDING', 'RETRYING', 'SENT', 'FAILED', 'SKIPPED'],
    nullable: true,
    description: 'of its mail',
  })
  delivery!: 'PENDING' | 'RETRYING' | 'SENT' | 'FAILED' | 'SKIPPED' | null;
}

class OfferAnswerView {
  @ApiProperty({ enum: ['ACCEPT', 'DECLINE'] })
  answer!: 'ACCEPT' | 'DECLINE';

  @ApiProperty({ type: String, nullable: true, description: 'null once it was erased' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, nullable: true })
  ip!: string | null;

  @ApiProperty({ type: String, format: 'uuid' })
  linkId!: string;
}

class OfferVersion {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: String })
  state!: string;
}

export class OfferView {
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the approved text' })
  textHash!: string | null;

  @ApiProperty({ type: Boolean, description: 'whether mail can be sent from here' })
  canMail!: boolean;

  @ApiProperty({ type: [OfferLinkView] })
  links!: OfferLinkView[];

  @ApiProperty({ type: OfferAnswerView, nullable: true, description: 'given by a link' })
  answer!: OfferAnswerView | null;

  @ApiProperty({ type: [OfferVersion], description: 'all versions of the number, newest first' })
  versions!: OfferVersion[];
}

export class EraseCustomerBody {
  @ApiProperty({ type: String, maxLength: 500 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  reason!: string;
}

export class CustomerErased {
  @ApiProperty({ type: 'integer', description: 'links whose reader was erased' })
  links!: number;

  @ApiProperty({ type: 'integer', description: 'answers, and texts of answers, that were erased' })
  answers!: number;
}
