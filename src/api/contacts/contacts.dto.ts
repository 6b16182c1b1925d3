import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { CONSENTS, type Consent } from '../../domain/customer/contact.js';
import { CustomerRef } from '../customers/customers.dto.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PageQuery, pageOf } from '../http/paging.dto.js';

export class ContactQuery extends PageQuery {
  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @MayBeLeftOut()
  @IsUUID()
  customerId?: string;

  @ApiPropertyOptional({ type: String, maxLength: 80 })
  @MayBeLeftOut()
  @IsString()
  @MaxLength(80)
  search?: string;
}

export class ContactEditBody {
  @ApiProperty({ type: String, maxLength: 120 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(120)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 120 })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  title?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'E.164, or a Chinese mobile number' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsEmail()
  @MaxLength(320)
  email?: string | null;

  @ApiPropertyOptional({ enum: CONSENTS, default: 'UNKNOWN' })
  @MayBeLeftOut()
  @IsIn(CONSENTS)
  consent?: Consent;
}

export class ContactBody extends ContactEditBody {
  @ApiProperty({ type: String, format: 'uuid' })
  @IsUUID()
  customerId!: string;
}

export class EraseContactBody {
  @ApiProperty({ type: String, maxLength: 500 })
  @IsString()
  @Matches(/\S/)
  @MaxLength(500)
  reason!: string;
}

export class ContactView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ type: CustomerRef }) customer!: CustomerRef;
  @ApiProperty({ type: String }) name!: string;
  @ApiProperty({ type: String, nullable: true }) title!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'masked for whoever does not deal with them' })
  phone!: string | null;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ enum: CONSENTS }) consent!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) consentAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) erasedAt!: string | null;
  @ApiProperty({ type: 'integer' }) rowVersion!: number;
}

export class ContactPage extends pageOf(ContactView) {}
