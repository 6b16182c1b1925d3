import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { DomainError, type FieldError } from '../../domain/errors.js';

/** `whitelistValidation` → UNKNOWN_FIELD, `isUuid` → IS_UUID. */
function codeOf(rule: string): string {
  if (rule === 'whitelistValidation') return 'UNKNOWN_FIELD';
  return rule.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** RFC 6901: `~` and `/` inside a name are escaped. */
function segment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${segment(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => ({
      pointer,
      code: codeOf(rule),
      rule: text,
    }));
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

/** Unknown fields are refused, not dropped: a client that sends `status` must learn that it has no effect (V15). */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new DomainError('VALIDATION', {}, fieldErrors(errors)),
  });
}
