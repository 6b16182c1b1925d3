import { IsIn } from 'class-validator';
import { CustomerForm, IsReadHash } from '../http/customer-page.dto.js';
import { MayBeLeftOut } from '../http/left-out.js';

export class OfferForm extends CustomerForm {
  @IsReadHash()
  textHash!: string;

  @MayBeLeftOut()
  @IsIn(['ACCEPT', 'DECLINE'])
  answer?: 'ACCEPT' | 'DECLINE';
}
