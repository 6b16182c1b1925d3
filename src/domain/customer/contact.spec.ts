import { describe, expect, it } from '@jest/globals';
import { maskedPhone, phoneNumber } from './contact.js';

describe('a phone number', () => {
  it.each([
    ['138 0013 8000', '+8613800138000'],
    ['+86 138-0013-8000', '+8613800138000'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+1 (212) 555-0100', '+12125550100'],
  ])('%s is stored as %s', (typed, stored) => {
    expect(phoneNumber(typed, '/phone')).toBe(stored);
  });

  it.each(['', '12345', '+0123456789', 'call me', '+1234567890123456', '010-12345678'])(
    '%j is refused',
    (typed) => {
      expect(() => phoneNumber(typed, '/phone')).toThrow('VALIDATION');
    },
  );

  it('shows only that it is there to whoever does not call', () => {
    expect(maskedPhone('+8613800138000')).toBe('+86138******00');
  });
});
