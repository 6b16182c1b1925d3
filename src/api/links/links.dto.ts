import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';

/** The fields of the page's form. No choice is no field: the page says what is missing. */
export class LinkForm {
  @IsUUID()
  key!: string;

  @Matches(/^\d{1,9}$/)
  version!: string;

  @IsOptional()
  @IsIn(['APPROVE', 'REJECT'])
  action?: 'APPROVE' | 'REJECT';

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  comment?: string | null;
}
