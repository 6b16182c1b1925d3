import { DomainError } from '../errors.js';

/** Whether a person agreed to be contacted and stored (PIPL): a contact that withdrew is not called. */
export const CONSENTS = ['UNKNOWN', 'GIVEN', 'WITHDRAWN'] as const;
export type Consent = (typeof CONSENTS)[number];

const E164 = /^\+[1-9]\d{6,14}$/;
const PUNCTUATION = /[\s().\-–]/g;
const CHINESE_MOBILE = /^1[3-9]\d{9}$/;

/**
 * A phone number in E.164. A Chinese mobile may come without its country code; `00` is read as `+`.
 * @throws DomainError VALIDATION
 */
export function phoneNumber(text: string, pointer: string): string {
  const digits = text.replaceAll(PUNCTUATION, '').replace(/^00/, '+');
  const full = CHINESE_MOBILE.test(digits) ? `+86${digits}` : digits;
  if (E164.test(full)) return full;
  throw new DomainError('VALIDATION', {}, [{ pointer, code: 'PHONE', rule: 'E.164, e.g. +8613800138000' }]);
}

/** A number for whoever may know that there is one: country, first and last two digits. `+86138****00` */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 6)}${'*'.repeat(Math.max(0, phone.length - 8))}${phone.slice(-2)}`;
}
