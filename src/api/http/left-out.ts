import { applyDecorators } from '@nestjs/common';
import { IsDefined, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';

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

/** Needed when another field is left out, and refused beside it: it would have no effect. `null` is a value as well. */
export function InsteadOf(other: string): PropertyDecorator {
  const beside = (body: object) => (body as Record<string, unknown>)[other] !== undefined;
  return applyDecorators(
    ValidateIf((body: object, value) => value !== undefined || !beside(body)),
    ValidateBy({
      name: 'notBeside',
      validator: {
        validate: (_: unknown, args?: ValidationArguments) => args !== undefined && !beside(args.object),
        defaultMessage: () => `not together with ${other}`,
      },
    }),
  );
}
