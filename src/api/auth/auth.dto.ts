import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Length, Max, Min } from 'class-validator';
import { UnitRef } from '../http/wire.dto.js';

export class LoginBody {
  @ApiProperty({ type: String, maxLength: 80 })
  @IsString()
  @Length(1, 80)
  username!: string;

  @ApiProperty({ type: String, maxLength: 200, format: 'password' })
  @IsString()
  @Length(1, 200)
  password!: string;
}

export class Me {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  username!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: [String] })
  roles!: string[];

  @ApiProperty({ type: [String] })
  permissions!: string[];

  @ApiProperty({ type: UnitRef, nullable: true })
  unit!: UnitRef | null;

  @ApiProperty({ enum: ['zh-CN', 'en'] })
  locale!: 'zh-CN' | 'en';
}

export class Session {
  @ApiProperty({ type: String })
  token!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ type: Me })
  me!: Me;
}

export class StepUpBody {
  @ApiProperty({ type: String, maxLength: 200, format: 'password' })
  @IsString()
  @Length(1, 200)
  password!: string;
}

export class SteppedUp {
  @ApiProperty({ type: String, format: 'date-time' })
  authenticatedAt!: string;
}

export class TokenBody {
  @ApiProperty({ type: String, maxLength: 120, description: 'what it is for' })
  @IsString()
  @Length(1, 120)
  name!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 366 })
  @IsInt()
  @Min(1)
  @Max(366)
  days!: number;
}

export class PersonalToken {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: string;
}

export class IssuedToken {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'shown once; null when the key is repeated',
  })
  token!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  expiresAt!: string;
}
