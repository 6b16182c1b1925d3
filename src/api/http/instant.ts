import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function toUtc({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string' || !WITH_ZONE.test(value)) return value;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value.slice(0, 10) : new Date(ms).toISOString();
}

/** An instant: ISO 8601 with a zone; arrives in the DTO as UTC with milliseconds, so that text order is time order. */
export function IsInstant(): PropertyDecorator {
  return applyDecorators(
    Transform(toUtc),
    Matches(UTC, {
      message: 'an ISO 8601 instant with a zone, e.g. 2026-11-24T09:00:00Z',
    }),
  );
}
