import type { DataSource } from 'typeorm';
import { hasMoved, movePct } from '../../domain/quote/fx.js';

/** The exchange rate a quotation stands on, and the one of now. */
export interface QuoteFx {
  /** what one unit of its currency counts for in base currency */
  rate: string;
  /** the day it was quoted for; null: a budget rate */
  asOf: string | null;
  /** null: there is none any more */
  now: string | null;
  movePct: string;
  /** further than the policy lets stand: priced anew or accepted before it goes on */
  moved: boolean;
  accepted: boolean;
}

interface Stored {
  currency: string;
  fxRate: string;
  fxAsOf: string | null;
  fxAccepted: { rate: string } | null;
}

/** Null for a quotation in base currency. */
export async function fxOf(db: Pick<DataSource, 'query'>, stored: Stored): Promise<QuoteFx | null> {
  const [policy] = await db.query<{ base: string; tolerance: string | null; now: string | null }[]>(
    `SELECT p.content->>'baseCurrency' AS base, p.content->>'fxTolerancePct' AS tolerance,
       coalesce((SELECT trim_scale(f.rate)::text FROM fx_rate f WHERE f.currency = $1 AND f.valid @> now()),
                p.content->'ratesToBase'->>$1) AS now
     FROM policy_version p WHERE p.kind = 'pricing' AND p.valid @> now()`,
    [stored.currency],
  );
  if (!policy || policy.base === stored.currency) return null;
  const rate = stored.fxAccepted?.rate ?? stored.fxRate;
  const now = policy.now ?? rate;
  return {
    rate,
    asOf: stored.fxAsOf,
    now: policy.now,
    movePct: movePct(rate, now),
    moved: hasMoved(rate, now, policy.tolerance ?? undefined),
    accepted: stored.fxAccepted !== null,
  };
}
