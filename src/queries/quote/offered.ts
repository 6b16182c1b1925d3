import type { DataSource } from 'typeorm';
import type { BothLanguages, DocumentLanguage } from '../../domain/document/document.js';
import { offerEnd, type OfferAnswer, type OfferEnd } from '../../domain/quote/offer.js';
import type { QuoteState } from '../../domain/quote/quote.js';

/** What a customer's link stands for. */
export interface Offered {
  linkId: string;
  quoteId: string;
  number: string;
  version: number;
  language: DocumentLanguage;
  /** whom the mail went to */
  name: string | null;
  address: string | null;
  seller: { name: string; email: string | null };
  total: { amount: string; currency: string };
  validUntil: string;
  zone: string;
  document: BothLanguages;
  textHash: string;
  end: OfferEnd | null;
  answer: { answer: OfferAnswer['answer']; name: string | null; at: string } | null;
}

interface Row extends Omit<Offered, 'end'> {
  state: QuoteState;
  isOver: boolean;
}

const READ = `
  SELECT l.id AS "linkId", q.id AS "quoteId", q.number, q.version, q.state, l.language, l.name, l.address,
    json_build_object('name', e.name, 'email', e.email) AS seller, c.zone, q.valid_until::text AS "validUntil",
    json_build_object('amount', q.net_total::text, 'currency', q.currency) AS total,
    d.document, d.text_hash AS "textHash", q.expires_at < now() AS "isOver",
    (SELECT json_build_object('answer', a.answer, 'name', a.evidence->>'name',
       'at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     FROM offer_answer a WHERE a.link_id = l.id) AS answer
  FROM offer_link l JOIN quote q ON q.id = l.quote_id JOIN quote_document d ON d.quote_id = q.id
  JOIN customer c ON c.id = q.customer_id JOIN employee e ON e.id = q.owner_id`;

export function offeredByToken(db: DataSource, tokenHash: Buffer): Promise<Offered | null> {
  return offered(db, `${READ} WHERE l.token_hash = $1`, tokenHash);
}

export function offeredByLink(db: DataSource, linkId: string): Promise<Offered | null> {
  return offered(db, `${READ} WHERE l.id = $1`, linkId);
}

async function offered(db: DataSource, sql: string, param: unknown): Promise<Offered | null> {
  const [row] = await db.query<Row[]>(sql, [param]);
  if (!row) return null;
  const { state, isOver, ...shown } = row;
  return { ...shown, end: offerEnd(state, isOver, row.answer !== null) };
}
