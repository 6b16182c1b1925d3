import { DomainError, type FieldError } from '../errors.js';
import { allocate, decimalProblem, Exact, formatAmount, sumAmounts, type Money } from '../money.js';

/** A person's part of a deal's credit, percent as a decimal string. */
export interface SplitShare {
  personId: string;
  percent: string;
}

/** A channel partner's part, kept apart from the people's. */
export interface ChannelShare {
  partner: string;
  percent: string;
}

/** Who gets the credit of a deal. */
export interface Split {
  /** whose revenue it is; sums to 100 exactly */
  revenue: readonly SplitShare[];
  /** specialists who are credited besides; any sum, in no total */
  overlay: readonly SplitShare[];
  channel: ChannelShare | null;
}

/** A split and the day from which it holds. */
export interface DatedSplit extends Split {
  /** ISO date */
  validFrom: string;
  /** counts the splits of a deal in the order they were given */
  no: number;
}

export const MOST_SHARES = 20;
const SHARE = { maxScale: 4, min: '0.0001', max: '100' };

/** A deal nobody has split is its owner's alone. */
export function ownersSplit(ownerId: string): Split {
  return { revenue: [{ personId: ownerId, percent: '100' }], overlay: [], channel: null };
}

/**
 * A split as somebody gives it.
 * @param today ISO date in the owner's zone: what was credited before stays
 * @throws DomainError VALIDATION revenue that is not exactly 100 %, a share outside 0.0001–100 or with more than four
 *   decimals, a person twice in one list, a day that has passed
 * @see processes.md 3.2 (split credit)
 */
export function checkSplit({ revenue, overlay, channel }: Split, validFrom: string, today: string): void {
  const errors: FieldError[] = [...problemsOf(revenue, '/revenue'), ...problemsOf(overlay, '/overlay')];
  const channelProblem = channel && decimalProblem(channel.percent, SHARE, '/channel/percent');
  if (channelProblem) errors.push(channelProblem);
  if (validFrom < today) errors.push({ pointer: '/validFrom', code: 'PAST', rule: 'today or later' });
  if (errors.length === 0) {
    const sum = sumAmounts(revenue.map(({ percent }) => percent));
    if (!sum.eq(100))
      errors.push({
        pointer: '/revenue',
        code: 'SUM',
        rule: `shares sum to exactly 100 %, these to ${sum.toFixed()} %`,
      });
  }
  if (errors.length > 0) throw new DomainError('VALIDATION', { today }, errors);
}

function problemsOf(shares: readonly SplitShare[], pointer: string): FieldError[] {
  return shares.flatMap(({ personId, percent }, index) => {
    const problem = decimalProblem(percent, SHARE, `${pointer}/${index}/percent`);
    const isTwice = shares.findIndex((share) => share.personId === personId) < index;
    return [
      ...(problem ? [problem] : []),
      ...(isTwice
        ? [{ pointer: `${pointer}/${index}/personId`, code: 'DUPLICATE', rule: 'each person once' }]
        : []),
    ];
  });
}

/** The split that holds on a day: the one with the latest day up to it, of several the last given; null: none yet. */
export function splitOn<S extends Pick<DatedSplit, 'validFrom' | 'no'>>(
  splits: readonly S[],
  day: string,
): S | null {
  return splits
    .filter(({ validFrom }) => validFrom <= day)
    .reduce<S | null>((best, split) => (best === null || isLater(split, best) ? split : best), null);
}

function isLater(a: Pick<DatedSplit, 'validFrom' | 'no'>, b: Pick<DatedSplit, 'validFrom' | 'no'>): boolean {
  return a.validFrom > b.validFrom || (a.validFrom === b.validFrom && a.no > b.no);
}

/** Everybody whose revenue or overlay share a change moves, sorted. 50 and 50.00 are the same share. */
export function affectedBy(before: Split, after: Split): string[] {
  const people = [before, after].flatMap(({ revenue, overlay }) =>
    [...revenue, ...overlay].map(({ personId }) => personId),
  );
  return [...new Set(people)]
    .filter((person) =>
      (['revenue', 'overlay'] as const).some(
        (list) => !shareOf(before[list], person).eq(shareOf(after[list], person)),
      ),
    )
    .sort();
}

/** Whether both credit the same to everybody, the channel partner too. */
export function isSameSplit(before: Split, after: Split): boolean {
  const channel = ({ channel: given }: Split) =>
    given && `${new Exact(given.percent).toFixed()} ${given.partner}`;
  return affectedBy(before, after).length === 0 && channel(before) === channel(after);
}

function shareOf(shares: readonly SplitShare[], personId: string): Exact {
  return new Exact(shares.find((share) => share.personId === personId)?.percent ?? 0);
}

/**
 * What each share is in money: revenue by largest remainder, so that it sums to the deal's amount to the cent; an overlay or
 * channel share is percent of the amount by itself, HALF_UP.
 */
export function creditedAmounts(
  { revenue, overlay, channel }: Split,
  { amount, currency }: Money,
): { revenue: string[]; overlay: string[]; channel: string | null } {
  const part = (percent: string): string => formatAmount(new Exact(amount).times(percent).div(100), currency);
  return {
    revenue: allocate(
      amount,
      revenue.map(({ percent }) => percent),
      currency,
    ),
    overlay: overlay.map(({ percent }) => part(percent)),
    channel: channel && part(channel.percent),
  };
}

/** One line of what a change of a split makes of somebody's share; '0': none. */
export interface ShareChange {
  credit: 'REVENUE' | 'OVERLAY' | 'CHANNEL';
  /** null: a channel partner, who is named instead */
  personId: string | null;
  partner?: string;
  before: string;
  after: string;
}

/** Everybody's share before and after, also of those for whom nothing changes, so that an approver sees the whole. */
export function splitChanges(before: Split, after: Split): ShareChange[] {
  const people = (['revenue', 'overlay'] as const).flatMap((list) =>
    [...new Set([...before[list], ...after[list]].map(({ personId }) => personId))].map((personId) => ({
      credit: list === 'revenue' ? ('REVENUE' as const) : ('OVERLAY' as const),
      personId,
      before: shareOf(before[list], personId).toFixed(),
      after: shareOf(after[list], personId).toFixed(),
    })),
  );
  const partners = [before.channel?.partner, after.channel?.partner].filter(
    (partner) => partner !== undefined,
  );
  const percentOf = ({ channel }: Split, partner: string): string =>
    channel?.partner === partner ? new Exact(channel.percent).toFixed() : '0';
  return [
    ...people,
    ...[...new Set(partners)].map((partner) => ({
      credit: 'CHANNEL' as const,
      personId: null,
      partner,
      before: percentOf(before, partner),
      after: percentOf(after, partner),
    })),
  ];
}
