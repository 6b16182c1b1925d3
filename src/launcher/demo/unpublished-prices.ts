import type { HttpSession } from '../http-session.js';

/** A version of a price list, as far as it is told of here. */
export interface ListVersion {
  id: string;
  currency: string;
  tier: string;
  region: string;
  version: number;
  state: string;
}

/** One price that differs between two versions; null: not in that one. */
export interface PriceMove {
  name: string;
  minQty: string;
  before: { list: string } | null;
  after: { list: string } | null;
}

/** A version nobody has published, and what holds meanwhile. */
interface Unpublished {
  list: ListVersion;
  holds: ListVersion | null;
  moves: readonly PriceMove[];
}

/** A product in a version with what it costs from so many units on. */
interface NewPrice {
  name: string;
  list: string;
  tiers: readonly { minQty: string; list: string }[];
}

const WAITING = ['DRAFT', 'IN_REVIEW'];
const SHOWN = 10;

/** Which prices of the files do not hold, since nobody has published the draft they are in. @param finance may read drafts of price lists */
export async function unpublishedPrices(finance: HttpSession): Promise<string> {
  const lists = await finance.get<ListVersion[]>('/price-lists');
  const unpublished: Unpublished[] = [];
  for (const list of lists.filter(({ state }) => WAITING.includes(state))) {
    const holds = lists.find((one) => one.state === 'ACTIVE' && isSameSegment(one, list)) ?? null;
    unpublished.push({ list, holds, moves: await movesOf(finance, list, holds) });
  }
  return unpublishedText(unpublished);
}

async function movesOf(
  finance: HttpSession,
  { id }: ListVersion,
  holds: ListVersion | null,
): Promise<PriceMove[]> {
  if (holds) return finance.get<PriceMove[]>(`/price-lists/${id}/diff?against=${holds.id}`);
  const { items } = await finance.get<{ items: NewPrice[] }>(`/price-lists/${id}`);
  return items.flatMap(({ name, list, tiers }) =>
    [{ minQty: '0', list }, ...tiers].map((step) => ({
      name,
      minQty: step.minQty,
      before: null,
      after: { list: step.list },
    })),
  );
}

export function unpublishedText(unpublished: readonly Unpublished[]): string {
  return unpublished
    .filter(({ moves }) => moves.length > 0)
    .map(({ list, holds, moves }) => {
      const who =
        list.state === 'DRAFT'
          ? 'somebody of finance hands it over and another one publishes it'
          : 'another one publishes it';
      const more = moves.length > SHOWN ? [`  and ${moves.length - SHOWN} more`] : [];
      return [
        `prices not published: ${moves.length} in ${segmentOf(list)} v${list.version} (${list.state}); ` +
          `${holds ? `v${holds.version}` : 'no list'} holds until ${who}:`,
        ...moves.slice(0, SHOWN).map(moveText),
        ...more,
        '',
      ].join('\n');
    })
    .join('');
}

function moveText({ name, minQty, before, after }: PriceMove): string {
  const what = minQty === '0' ? name : `${name} from ${minQty}`;
  if (before && before.list === after?.list) return `  ${what}: ${before.list}, its floor`;
  return `  ${what}: ${before?.list ?? '–'} → ${after?.list ?? '–'}`;
}

function isSameSegment(one: ListVersion, other: ListVersion): boolean {
  return one.currency === other.currency && one.tier === other.tier && one.region === other.region;
}

function segmentOf({ currency, tier, region }: ListVersion): string {
  return [currency, tier, region].filter((part) => part !== '').join(' ');
}
