import { answer, api } from '../api/client.js';
import type { OfferLanguage, OfferRecipient, OfferView } from '../api/types.js';

export function offerKey(id: string): readonly [string, string] {
  return ['offer', id];
}

export function fetchOffer(id: string): Promise<OfferView> {
  return answer(api.GET('/api/v1/quotes/{id}/offer', { params: { path: { id } } }));
}

export interface SendOffer {
  id: string;
  /** null: only noted that the customer has it */
  to: OfferRecipient | null;
}

export function sendOffer({ id, to }: SendOffer, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/quotes/{id}/send', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: to === null ? {} : { to },
    }),
  );
}

export function resendOffer({ id, to }: { id: string; to: OfferRecipient }, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/quotes/{id}/offer-mails', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { to },
    }),
  );
}

/** A link to hand to the customer; every one taken is in the audit chain. */
export function takeOfferLink(
  { id, language }: { id: string; language: OfferLanguage },
  key: string,
): Promise<{ path: string }> {
  return answer(
    api.POST('/api/v1/quotes/{id}/offer-links', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { language },
    }),
  );
}
