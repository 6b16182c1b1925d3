import { IsIn } from 'class-validator';
import { CustomerForm, IsReadHash } from '../http/customer-page.dto.js';
import { MayBeLeftOut } from '../http/left-out.js';

export class SigningForm extends CustomerForm {
  @IsReadHash()
  documentHash!: string;

  @MayBeLeftOut()
  @IsIn(['SIGN', 'DECLINE'])
  answer?: 'SIGN' | 'DECLINE';

  @MayBeLeftOut()
  @IsIn(['1'])
  consent?: '1';
}
