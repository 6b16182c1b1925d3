import { describe, expect, it } from '@jest/globals';
import { offerEnd, type OfferEnd } from './offer.js';
import type { QuoteState } from './quote.js';

describe('what became of an offer, to whoever opens its link', () => {
  it.each<[QuoteState, boolean, boolean, OfferEnd | null]>([
    ['SENT', false, false, null],
    ['SENT', true, false, 'EXPIRED'],
    ['ACCEPTED', false, true, 'ANSWERED'],
    ['ACCEPTED', true, true, 'ANSWERED'],
    ['DECLINED', false, true, 'ANSWERED'],
    ['ACCEPTED', false, false, 'ANSWERED_ELSEWHERE'],
    ['DECLINED', false, false, 'ANSWERED_ELSEWHERE'],
    ['EXPIRED', true, false, 'EXPIRED'],
    ['SUPERSEDED', false, false, 'SUPERSEDED'],
    ['SUPERSEDED', false, true, 'ANSWERED'],
    ['APPROVED', false, false, 'CLOSED'],
    ['DRAFT', false, false, 'CLOSED'],
    ['IN_APPROVAL', false, false, 'CLOSED'],
    ['WITHDRAWN', false, false, 'CLOSED'],
  ])('%s, over %s, answered by this link %s: %s', (state, isOver, byThis, end) => {
    expect(offerEnd(state, isOver, byThis)).toBe(end);
  });
});
