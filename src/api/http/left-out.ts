import { ValidateIf } from 'class-validator';

/** May be left out; `null` is a value, and not one of this field. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
