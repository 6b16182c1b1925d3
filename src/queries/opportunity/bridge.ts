import type { DataSource } from 'typeorm';
import {
  BRIDGE_STEPS,
  movementsOf,
  type BridgeStep,
  type Standing,
} from '../../domain/opportunity/bridge.js';
import { Exact, sumAmounts } from '../../domain/money.js';
import { moneyOf } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import { filterDeals, type DealFilter } from './filter.js';
import { visibleDeals } from './visible.js';

interface BridgeDeal {
  id: string;
  number: string;
  title: string | null;
  customer: string | null;
  owner: string;
  delta: { amount: string; currency: string };
  before: Standing | null;
  after: Standing;
}

export interface Bridge {
  since: string;
  openThen: { amount: string; currency: string };
  openNow: { amount: string; currency: string };
  steps: {
    step: BridgeStep;
    count: number;
    delta: { amount: string; currency: string };
    deals: BridgeDeal[];
  }[];
}

interface Row extends Standing {
  id: string;
  number: string;
  title: string | null;
  customer: string | null;
  owner: string;
  before: Standing | null;
}

/** Deals shown behind each bar; the count says how many there are. */
const SHOWN = 50;

/** Only deals with a change since then are looked at; what they were before is the last value they had by then. */
const MOVED = `
  SELECT o.id, o.number, o.title, c.name AS customer, e.name AS owner, o.stage, o.worth::text AS worth,
    o.expected_close::text AS "expectedClose", b.standing AS before
  FROM opportunity o JOIN employee e ON e.id = o.owner_id LEFT JOIN customer c ON c.id = o.customer_id
  LEFT JOIN LATERAL (SELECT json_build_object('stage', x.stage, 'worth', x.worth::text, 'expectedClose', x.expected_close) AS standing
    FROM opportunity_change x WHERE x.opportunity_id = o.id AND x.at <= $SINCE::timestamptz ORDER BY x.at DESC, x.id DESC LIMIT 1) b ON true
  WHERE o.id IN (SELECT opportunity_id FROM opportunity_change WHERE at > $SINCE::timestamptz) AND `;

/**
 * How the open pipeline came from then to now (ecosystem row 18), in the base currency: what is new, won, lost, grew or
 * shrank, and which close dates moved. @param since ISO instant
 */
export async function pipelineBridge(
  db: DataSource,
  viewer: Viewer,
  filter: DealFilter,
  since: string,
): Promise<Bridge> {
  const where = filterDeals(await visibleDeals(db, viewer, 'opportunity:read'), filter, viewer);
  const openParams = [...where.params];
  const at = where.param(since);
  const [rows, [open], [base]] = await Promise.all([
    db.query<Row[]>(MOVED.replaceAll('$SINCE', at) + where.sql, where.params),
    db.query<{ worth: string }[]>(
      `SELECT coalesce(sum(o.worth), 0)::text AS worth FROM opportunity o
       WHERE o.stage NOT IN ('WON', 'LOST', 'ON_HOLD') AND ${where.sql}`,
      openParams,
    ),
    db.query<{ currency: string }[]>(
      `SELECT content->>'baseCurrency' AS currency FROM policy_version WHERE kind = 'pricing' AND valid @> now()`,
    ),
  ]);
  const currency = base?.currency ?? 'CNY';
  const money = (amount: Exact | string) => moneyOf(new Exact(amount).toFixed(), currency)!;
  const moves = rows.flatMap((row) => movementsOf(row.before, row).map((move) => ({ ...move, row })));
  const openNow = new Exact(open!.worth);
  return {
    since,
    openThen: money(openNow.minus(sumAmounts(moves.map(({ delta }) => delta)))),
    openNow: money(openNow),
    steps: BRIDGE_STEPS.map((step) => {
      const of = moves.filter((move) => move.step === step);
      const largest = [...of].sort((a, b) => new Exact(b.delta).abs().comparedTo(new Exact(a.delta).abs()));
      return {
        step,
        count: of.length,
        delta: money(sumAmounts(of.map(({ delta }) => delta))),
        deals: largest.slice(0, SHOWN).map(({ row, delta }) => dealOf(row, money(delta))),
      };
    }),
  };
}

function dealOf(
  { id, number, title, customer, owner, before, stage, worth, expectedClose }: Row,
  delta: { amount: string; currency: string },
): BridgeDeal {
  return { id, number, title, customer, owner, delta, before, after: { stage, worth, expectedClose } };
}
