import type { QuoteState } from './quote.js';

/** What the customer says, on the page that the link opens. */
export type OfferAnswer =
  { answer: 'ACCEPT'; name: string; title: string } | { answer: 'DECLINE'; name: string; reason: string };

/** What proves an answer: who said what of which text, by which link, from where. */
export interface OfferEvidence {
  answer: OfferAnswer['answer'];
  name: string;
  title: string | null;
  reason: string | null;
  textHash: string;
  linkId: string;
  ip: string | null;
  userAgent: string | null;
  at: string;
}

/** Why a link is not answered any more: it was, by this link or otherwise · the validity is over · a newer version stands · it was taken back. */
export type OfferEnd = 'ANSWERED' | 'ANSWERED_ELSEWHERE' | 'EXPIRED' | 'SUPERSEDED' | 'CLOSED';

/** @param isOver the last second of validity has passed, whether the clock has come by or not */
export function offerEnd(state: QuoteState, isOver: boolean, answeredByThis: boolean): OfferEnd | null {
  if (answeredByThis) return 'ANSWERED';
  switch (state) {
    case 'SENT':
      return isOver ? 'EXPIRED' : null;
    case 'ACCEPTED':
    case 'DECLINED':
      return 'ANSWERED_ELSEWHERE';
    case 'EXPIRED':
      return 'EXPIRED';
    case 'SUPERSEDED':
      return 'SUPERSEDED';
    case 'DRAFT':
    case 'IN_APPROVAL':
    case 'RETURNED':
    case 'APPROVED':
    case 'REJECTED':
    case 'WITHDRAWN':
      return 'CLOSED';
  }
}

/** Kinds of messages to customers about an offer. */
export const OFFER_MESSAGES = ['quote.offer', 'quote.offer-reminder'] as const;
export type OfferMessage = (typeof OFFER_MESSAGES)[number];

export function isOfferMessage(kind: string): kind is OfferMessage {
  return (OFFER_MESSAGES as readonly string[]).includes(kind);
}
