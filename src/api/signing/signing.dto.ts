import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';

export class SigningPageQuery {
  @IsOptional()
  @IsIn(DOCUMENT_LANGUAGES)
  language?: DocumentLanguage;

  @IsOptional()
  @IsIn(['1'])
  pdf?: '1';
}

/** The fields of the page's form. What is missing is no error of the form's: the page says what it needs. */
export class SigningForm {
  @Matches(/^[0-9a-f]{64}$/)
  documentHash!: string;

  @IsOptional()
  @IsIn(['SIGN', 'DECLINE'])
  answer?: 'SIGN' | 'DECLINE';

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string;

  @IsOptional()
  @IsIn(['1'])
  consent?: '1';

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string;
}
