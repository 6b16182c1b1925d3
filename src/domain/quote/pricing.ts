import { Decimal } from 'decimal.js';
import { allocate, Exact, formatAmount, roundAmount, sumAmounts } from '../money.js';
import type { PricingPolicy } from './policy.js';

/** A line as asked for, with the price list's figures. Decimal strings; `unitNet` is per unit before the deal discount. */
export interface LineInput {
  qty: string;
  list: string;
  floor: string;
  cost: string;
  unitNet: string;
  /** given away: counts at list in the deal discount (processes.md 3.2) */
  free: boolean;
  /** what is paid back on the line later, percent of its net; none when absent */
  rebatePct?: string;
  /** what bringing this line costs, an amount; none when absent */
  freight?: string;
}

export interface PricedLine extends LineInput {
  /** after the deal discount, at the currency's decimals */
  net: string;
  /** 1 − net / list, percent, 6 decimals, rounded up so that a limit is never slipped under */
  discountPct: string;
  belowFloor: boolean;
}

export type MarginFlag = 'GREEN' | 'AMBER' | 'RED';

/** All amounts in the quotation's currency at its decimals; percents with up to 6 decimals. */
export interface Pricing {
  lines: PricedLine[];
  listTotal: string;
  netTotal: string;
  costTotal: string;
  /** net × rate × term ÷ 365: what waiting for the money costs */
  financingCost: string;
  rebateTotal: string;
  commissionTotal: string;
  /** of the lines and of the deal as a whole */
  freightTotal: string;
  discountPct: string;
  /** (net − cost − rebates − commission − freight − financing) / net, rounded down; null when nothing is charged */
  marginPct: string | null;
  marginFlag: MarginFlag;
  belowFloor: boolean;
}

export interface Deal {
  currency: string;
  dealDiscountPct: string;
  termDays: number;
  /** of the net, percent; none when absent */
  commissionPct?: string;
  /** of the deal as a whole, an amount in the quotation's currency; none when absent */
  freight?: string;
}

/**
 * Prices a quotation (processes.md 3.2): each line rounded HALF_UP, the deal discount cut over the lines by largest
 * remainder, the header the exact sum of its lines.
 * @param rebatesOf the rebate of each line by the lines' nets, percent; without it what stands on the lines
 */
export function priceQuote(
  lines: readonly LineInput[],
  deal: Deal,
  policy: PricingPolicy,
  rebatesOf?: (nets: readonly string[]) => readonly string[],
): Pricing {
  const { currency } = deal;
  const gross = lines.map((line) => roundAmount(new Exact(line.qty).times(line.unitNet), currency));
  const subtotal = sumAmounts(gross);
  const reduction = roundAmount(subtotal.times(deal.dealDiscountPct).div(100), currency);
  const shares = reduction.isZero() ? null : allocate(reduction, gross, currency);
  const nets = shares ? gross.map((amount, index) => amount.minus(shares[index]!)) : gross;
  const lists = lines.map((line) => roundAmount(new Exact(line.qty).times(line.list), currency));
  const shown = nets.map((net) => formatAmount(net, currency));
  const pcts = rebatesOf?.(shown);
  const priced = lines.map((line, index) => ({
    ...line,
    ...(pcts ? { rebatePct: pcts[index]! } : {}),
    net: shown[index]!,
    discountPct: discountPct(lists[index]!, nets[index]!),
    belowFloor: isBelowFloor({ ...line, net: nets[index]! }, currency),
  }));
  const [listTotal, netTotal] = [sumAmounts(lists), sumAmounts(nets)];
  const costTotal = sumAmounts(
    lines.map((line) => roundAmount(new Exact(line.qty).times(line.cost), currency)),
  );
  const financing = roundAmount(
    netTotal.times(policy.financingRatePct).div(100).times(deal.termDays).div(365),
    currency,
  );
  const rebates = sumAmounts(
    priced.flatMap(({ rebatePct = '0' }, index) =>
      rebatePct === '0' ? [] : [roundAmount(nets[index]!.times(rebatePct).div(100), currency)],
    ),
  );
  const commission = roundAmount(netTotal.times(deal.commissionPct ?? 0).div(100), currency);
  const freight = sumAmounts([deal.freight ?? 0, ...lines.map((line) => line.freight ?? 0)]);
  const marginPct = marginPctOf(netTotal, [costTotal, financing, rebates, commission, freight]);
  return {
    lines: priced,
    listTotal: formatAmount(listTotal, currency),
    netTotal: formatAmount(netTotal, currency),
    costTotal: formatAmount(costTotal, currency),
    financingCost: formatAmount(financing, currency),
    rebateTotal: formatAmount(rebates, currency),
    commissionTotal: formatAmount(commission, currency),
    freightTotal: formatAmount(freight, currency),
    discountPct: discountPct(listTotal, netTotal),
    marginPct,
    marginFlag: marginFlag(marginPct, policy),
    belowFloor: priced.some((line) => line.belowFloor),
  };
}

/** What is left of the net after everything it costs, percent, rounded down at 6 decimals; null when nothing is charged. */
function marginPctOf(net: Exact, costs: readonly Decimal.Value[]): string | null {
  if (net.isZero()) return null;
  const left = net.minus(sumAmounts(costs));
  return left.times(100).div(net).toDecimalPlaces(6, Decimal.ROUND_FLOOR).toFixed();
}

/** Sold for less than its floor price allows; a line sold exactly at the floor is not, whatever the rounding. Goods given away are judged by the deal discount. */
export function isBelowFloor(
  line: { qty: string; floor: string; net: Decimal.Value; free: boolean },
  currency: string,
): boolean {
  return !line.free && roundAmount(new Exact(line.qty).times(line.floor), currency).gt(line.net);
}

/** 1 − net / list in percent, rounded up at 6 decimals: 15.0000001 never passes for 15. Nothing listed is no discount. */
export function discountPct(list: Exact, net: Exact): string {
  if (list.isZero()) return '0';
  return list.minus(net).times(100).div(list).toDecimalPlaces(6, Decimal.ROUND_UP).toFixed();
}

/** GREEN at or above target, AMBER at or above floor, RED below; RED when nothing is charged. */
export function marginFlag(
  marginPct: string | null,
  policy: Pick<PricingPolicy, 'marginTargetPct' | 'marginFloorPct'>,
): MarginFlag {
  if (marginPct === null) return 'RED';
  if (new Decimal(marginPct).gte(policy.marginTargetPct)) return 'GREEN';
  return new Decimal(marginPct).gte(policy.marginFloorPct) ? 'AMBER' : 'RED';
}

/** Net price of one unit for a line discount, rounded HALF_UP to the currency's decimals. */
export function unitNetFor(list: string, linePct: string, currency: string): string {
  return formatAmount(new Exact(list).times(new Exact(100).minus(linePct)).div(100), currency);
}
