import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';
import { MayBeLeftOut } from '../http/left-out.js';

export class SigningPageQuery {
  @MayBeLeftOut()
  @IsIn(DOCUMENT_LANGUAGES)
  language?: DocumentLanguage;

  @MayBeLeftOut()
  @IsIn(['1'])
  pdf?: '1';
}

/** The fields of the page's form. What is missing is no error of the form's: the page says what it needs. */
export class SigningForm {
  @Matches(/^[0-9a-f]{64}$/)
  documentHash!: string;

  @MayBeLeftOut()
  @IsIn(['SIGN', 'DECLINE'])
  answer?: 'SIGN' | 'DECLINE';

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  name?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  title?: string;

  @MayBeLeftOut()
  @IsIn(['1'])
  consent?: '1';

  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  reason?: string;
}
