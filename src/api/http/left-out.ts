import { applyDecorators } from '@nestjs/common';
import { IsDefined, ValidateIf } from 'class-validator';

/** May be left out; `null` is a value, and not one of this field. A field that may be either is `@IsOptional()`. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** May be `null`, which must be said: left out it is missing. */
export function MayBeNull(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== null),
    IsDefined(),
  );
}
