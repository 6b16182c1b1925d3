import type { ValidityBody } from './pricing-body.dto.js';

/** Instants as the commands compare them. */
export function instants({ validFrom, validTo }: ValidityBody): {
  validFrom: string | null;
  validTo: string | null;
} {
  const utc = (instant: string | undefined) =>
    instant === undefined ? null : new Date(instant).toISOString();
  return { validFrom: utc(validFrom), validTo: utc(validTo) };
}
