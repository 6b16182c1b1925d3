import { IsIn, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../http/left-out.js';

/** The fields of the page's form. No choice is no field: the page says what is missing. */
export class LinkForm {
  @IsUUID()
  key!: string;

  @Matches(/^\d{1,9}$/)
  version!: string;

  @MayBeLeftOut()
  @IsIn(['APPROVE', 'REJECT'])
  action?: 'APPROVE' | 'REJECT';

  @MayBeLeftOut()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;
}
