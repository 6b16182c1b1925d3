import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

const message = '$property is a date YYYY-MM-DD of the calendar';

/** A date without a time that the calendar has: not 2026-02-30. */
export function IsDay(): PropertyDecorator {
  return applyDecorators(
    Matches(/^\d{4}-\d{2}-\d{2}$/, { message }),
    IsISO8601({ strict: true }, { message }),
  );
}
