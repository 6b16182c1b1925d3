import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';
import { MayBeLeftOut } from './left-out.js';

export class CustomerPageQuery {
  @MayBeLeftOut()
  @IsIn(DOCUMENT_LANGUAGES)
  language?: DocumentLanguage;

  @MayBeLeftOut()
  @IsIn(['1'])
  pdf?: '1';
}

/** Who answers on a page for customers, and why not. What is missing is no error of the form's: the page says what it needs. */
export class CustomerForm {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  name?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  title?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(2000)
  reason?: string;
}

/** The hash of what was read: an answer is to that and nothing else. */
export function IsReadHash(): PropertyDecorator {
  return Matches(/^[0-9a-f]{64}$/);
}
