import type { EntityManager } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import { notify } from '../notification/notify.js';
import type { QuoteRow } from './store.js';

interface OfferNews {
  kind: 'OFFER_ANSWERED' | 'OFFER_EXPIRING' | 'OFFER_HANDED_OVER';
  /** names the occasion for ever: the same is never told twice */
  key: string;
  params: JsonObject;
  /** ISO instant of the transaction */
  at: string;
  correlationId: string | null;
}

/** What its owner hears of an offer, in the console and by mail. */
export async function tellOwner(
  tx: EntityManager,
  { requestId, ownerId }: QuoteRow,
  { kind, key, params, at, correlationId }: OfferNews,
): Promise<void> {
  if (requestId === null) return;
  const notice = { personId: ownerId, kind, seatId: null, key: `${kind}/${key}`, params };
  await notify(tx, { requestId, notices: [notice], events: [], at, correlationId });
}
