import type { DataSource } from 'typeorm';
import type { DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import type { OfferAnswer } from '../../domain/quote/offer.js';

export interface OfferView {
  textHash: string | null;
  canMail: boolean;
  links: {
    id: string;
    way: 'MAIL' | 'HAND';
    name: string | null;
    address: string | null;
    language: DocumentLanguage;
    at: string;
    by: string;
    delivery: 'PENDING' | 'RETRYING' | 'SENT' | 'FAILED' | 'SKIPPED' | null;
  }[];
  answer: {
    answer: OfferAnswer['answer'];
    /** null once it was erased */
    name: string | null;
    title: string | null;
    reason: string | null;
    at: string;
    ip: string | null;
    linkId: string;
  } | null;
  versions: { id: string; version: number; state: string }[];
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** How an offer stands with its customer: where it went, what became of the mails, what was answered. Opening is not known: it changes nothing. */
export async function offerView(db: DataSource, quoteId: string): Promise<OfferView> {
  const [row] = await db.query<{ view: OfferView }[]>(
    `SELECT json_build_object(
       'textHash', (SELECT d.text_hash FROM quote_document d WHERE d.quote_id = q.id AND d.material_hash = q.material_hash),
       'canMail', EXISTS (SELECT 1 FROM channel_endpoint WHERE channel = 'MAIL' AND state = 'ACTIVE'),
       'links', coalesce((SELECT json_agg(json_build_object('id', l.id, 'way', l.way, 'name', l.name, 'address', l.address,
            'language', l.language, 'at', to_char(l.created_at AT TIME ZONE 'UTC', ${INSTANT}), 'by', e.name, 'delivery',
            (SELECT x.state FROM delivery x WHERE x.kind = 'quote.offer' AND x.payload->>'linkId' = l.id::text LIMIT 1))
            ORDER BY l.created_at DESC, l.id DESC)
          FROM offer_link l JOIN employee e ON e.id = l.created_by WHERE l.quote_id = q.id), '[]'),
       'answer', (SELECT json_build_object('answer', a.answer, 'name', a.evidence->>'name', 'title', a.evidence->>'title',
            'reason', a.evidence->>'reason', 'at', to_char(a.at AT TIME ZONE 'UTC', ${INSTANT}), 'ip', a.evidence->>'ip',
            'linkId', a.link_id) FROM offer_answer a WHERE a.quote_id = q.id),
       'versions', (SELECT json_agg(json_build_object('id', v.id, 'version', v.version, 'state', v.state) ORDER BY v.version DESC)
          FROM quote v WHERE v.number = q.number)) AS view
     FROM quote q WHERE q.id = $1`,
    [quoteId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  return row.view;
}
