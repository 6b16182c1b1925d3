import { describe, expect, it } from '@jest/globals';
import {
  askAgainMs,
  isSignersName,
  signerProblems,
  signingLinkEnd,
  signingOutcome,
  SIGNING_STATES,
  type SigningNews,
  type SigningStanding,
} from './signing.js';

const SENT = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const PENDING: SigningStanding = { state: 'PENDING', stands: true, isBlocked: false, documentHash: SENT };

describe('what news make of a flow (processes.md 3.2)', () => {
  it.each<[SigningNews, Partial<SigningStanding>, string | null, string | null]>([
    [{ kind: 'SIGNED', baseHash: SENT }, {}, 'SIGNED', null],
    [{ kind: 'SIGNED', baseHash: OTHER }, {}, 'DIFFERS', 'SIGNED_DIFFERENTLY'],
    [{ kind: 'DECLINED' }, {}, 'DECLINED', null],
    [{ kind: 'EXPIRED' }, {}, 'EXPIRED', null],
    [{ kind: 'REVOKED' }, {}, 'CANCELLED', 'REVOKED'],
    [{ kind: 'REFUSED' }, { state: 'OPENING' }, 'FAILED', 'REFUSED'],
    [{ kind: 'SIGNED', baseHash: SENT }, { stands: false }, 'CANCELLED', 'CONTRACT_MOVED_ON'],
    [{ kind: 'SIGNED', baseHash: SENT }, { isBlocked: true }, 'CANCELLED', 'CUSTOMER_BLOCKED'],
    [{ kind: 'DECLINED' }, { stands: false, isBlocked: true }, 'CANCELLED', 'CONTRACT_MOVED_ON'],
    [{ kind: 'SIGNED', baseHash: SENT }, { state: 'OPENING' }, 'SIGNED', null],
  ])('%j of %j: %s, %s', (news, over, state, cause) => {
    expect(signingOutcome({ ...PENDING, ...over }, news)).toEqual({ state, cause });
  });

  it.each(SIGNING_STATES.filter((state) => state !== 'OPENING' && state !== 'PENDING'))(
    '%s is the end: whatever is heard later changes nothing',
    (state) => {
      for (const kind of ['DECLINED', 'EXPIRED', 'REVOKED', 'REFUSED'] as const)
        expect(signingOutcome({ ...PENDING, state, stands: false }, { kind })).toBeNull();
      expect(signingOutcome({ ...PENDING, state }, { kind: 'SIGNED', baseHash: SENT })).toBeNull();
    },
  );
});

describe('asking a provider again', () => {
  it.each([
    [0, 1],
    [1, 2],
    [5, 32],
    [6, 60],
    [400, 60],
  ])('after %i times: %i minutes later', (asked, minutes) => {
    expect(askAgainMs(asked)).toBe(minutes * 60_000);
  });
});

describe('signers', () => {
  const signer = (account: string | null) => ({ no: 1, name: '林薇', organisation: null, account });
  it.each([
    ['LOCAL', null, []],
    ['LOCAL', 'lin', ['INVALID']],
    ['ESIGN', null, ['REQUIRED']],
    ['ESIGN', '13800138000', []],
    ['ESIGN', 'lin@cheers.example', []],
    ['ESIGN', '138001380001', ['INVALID']],
  ] as const)('%s, %s: %j', (provider, account, codes) => {
    expect(signerProblems(provider, [signer(account)]).map(({ code }) => code)).toEqual(codes);
  });
});

describe('the page of this system', () => {
  const OPEN = { state: 'PENDING', stands: true, isBlocked: false, isPastExpiry: false } as const;
  it.each([
    [{}, 'PENDING', null],
    [{}, 'SIGNED', 'ANSWERED'],
    [{ state: 'DECLINED' }, 'DECLINED', 'ANSWERED'],
    [{ state: 'DECLINED' }, 'PENDING', 'DECLINED'],
    [{ state: 'EXPIRED' }, 'PENDING', 'EXPIRED'],
    [{ isPastExpiry: true }, 'PENDING', 'EXPIRED'],
    [{ state: 'CANCELLED' }, 'PENDING', 'CLOSED'],
    [{ state: 'OPENING' }, 'PENDING', 'CLOSED'],
    [{ stands: false, isPastExpiry: true }, 'PENDING', 'CLOSED'],
    [{ isBlocked: true }, 'PENDING', 'CLOSED'],
  ] as const)('%j, signer %s: %s', (over, signer, end) => {
    expect(signingLinkEnd({ ...OPEN, ...over }, signer)).toBe(end);
  });

  it.each([
    ['Lin Wei', ' lin  wei ', true],
    ['林薇', '林薇', true],
    ['Lin Wei', 'Lin Wei Li', false],
    ['Lin Wei', '', false],
  ])('%s signed as “%s”: %s', (invited, typed, fits) => {
    expect(isSignersName(invited, typed)).toBe(fits);
  });
});
