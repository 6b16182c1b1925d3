import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { systemActor } from '../../domain/actor.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import { standardClauses } from '../../domain/contract/clause-library.js';
import { renderContract, type ContractTerms } from '../../domain/contract/text.js';
import { DomainError } from '../../domain/errors.js';
import { dateIn } from '../../domain/quote/validity.js';
import type { JsonObject } from '../../domain/json.js';
import { formatAmount } from '../../domain/money.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import type { Step } from '../approval/time.js';
import { appendEvents, beginAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer } from '../transaction.js';
import { textDigest } from './text-digest.js';

interface QuoteRow {
  state: string;
  number: string;
  customer_id: string;
  buyer: string;
  owner_id: string;
  unit_id: string;
  seller: string | null;
  zone: string;
  currency: string;
  net_total: string;
  term_days: number;
  instalments: ContractTerms['instalments'];
  delivery_days: number | null;
  warranty_months: number | null;
  lines: ContractTerms['lines'];
}

export type ContractDrafted = { contractId: string };

/**
 * The contract of an accepted quotation: its terms and the standard clauses of today. A quotation has one live contract;
 * asked again, that one is the answer.
 * @throws DomainError NOT_FOUND · QUOTE_STATE the quotation is not accepted
 */
export function draftFromQuote(
  db: DataSource,
  { key, correlationId }: Step,
  quoteId: string,
): Promise<Answer<ContractDrafted>> {
  const actor = systemActor('process');
  return runCommand(
    db,
    { actor, key, scope: `contract.draft/${quoteId}`, body: null, correlationId },
    async (tx) => {
      const [live] = await tx.query<{ id: string }[]>(
        `SELECT id FROM contract WHERE quote_id = $1 AND state NOT IN ('REJECTED', 'LAPSED', 'CANCELLED')`,
        [quoteId],
      );
      if (live) return { contractId: live.id };
      const id = uuidv7();
      const head = await beginAggregate(tx, 'contract', id);
      const number = await insertDraft(tx, id, await acceptedQuote(tx, quoteId), quoteId, head.now);
      const { seq } = await appendEvents(tx, head, [
        { type: 'contract.drafted', actor: actor.id, payload: { quoteId, number } },
      ]);
      await tellProcess(tx, quoteToContractMessage(quoteId, seq), correlationId);
      return { contractId: id };
    },
  );
}

async function acceptedQuote(tx: EntityManager, quoteId: string): Promise<QuoteRow> {
  const [quote] = await tx.query<QuoteRow[]>(
    `SELECT q.state, q.number, q.customer_id, c.name AS buyer, q.owner_id, q.unit_id, q.currency, q.net_total, q.term_days,
       q.instalments, q.delivery_days, q.warranty_months, o.zone,
       (SELECT u.name FROM org_unit u WHERE u.kind = 'COMPANY' ORDER BY u.code LIMIT 1) AS seller,
       (SELECT json_agg(json_build_object('no', l.no, 'name', p.name, 'qty', trim_scale(l.qty)::text,
          'unitNet', trim_scale(l.unit_net)::text, 'net', trim_scale(l.net)::text) ORDER BY l.no)
        FROM quote_line l JOIN product p ON p.id = l.product_id WHERE l.quote_id = q.id) AS lines
     FROM quote q JOIN customer c ON c.id = q.customer_id JOIN employee o ON o.id = q.owner_id WHERE q.id = $1`,
    [quoteId],
  );
  if (!quote) throw new DomainError('NOT_FOUND', { quoteId });
  if (quote.state !== 'ACCEPTED')
    throw new DomainError('QUOTE_STATE', { state: quote.state, act: 'DRAFT_CONTRACT' });
  return quote;
}

async function insertDraft(
  tx: EntityManager,
  id: string,
  quote: QuoteRow,
  quoteId: string,
  now: string,
): Promise<string> {
  const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', now);
  const [next] = await tx.query<{ number: string }[]>(
    `SELECT 'C-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('contract_number')::text, 6, '0') AS number`,
  );
  const { number } = next!;
  const terms: ContractTerms & JsonObject = {
    number,
    version: 1,
    seller: quote.seller ?? '',
    buyer: quote.buyer,
    currency: quote.currency,
    total: formatAmount(quote.net_total, quote.currency),
    termDays: quote.term_days,
    deliveryDays: quote.delivery_days,
    warrantyMonths: quote.warranty_months,
    lines: quote.lines,
    instalments: quote.instalments,
  };
  const clauses = standardClauses(policy.clauses, dateIn(quote.zone, now));
  const text = renderContract(terms, clauses);
  await tx.query(
    `INSERT INTO contract (id, number, version, quote_id, customer_id, owner_id, unit_id, state, currency, total, term_days,
       instalments, delivery_days, warranty_months, terms, clauses, text, text_hash, company_id)
     VALUES ($1, $2, 1, $3, $4, $5, $6, 'DRAFT', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, (SELECT company_id FROM quote WHERE id = $3))`,
    [
      id,
      number,
      quoteId,
      quote.customer_id,
      quote.owner_id,
      quote.unit_id,
      quote.currency,
      quote.net_total,
      quote.term_days,
      JSON.stringify(quote.instalments),
      quote.delivery_days,
      quote.warranty_months,
      JSON.stringify(terms),
      JSON.stringify(clauses),
      text,
      textDigest(text),
    ],
  );
  return number;
}
