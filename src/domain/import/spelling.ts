/** Words expected in the `sector` column. Others are imported as they are; near misses are pointed out. */
const SECTORS = [
  'technology',
  'medical',
  'retail',
  'software',
  'entertainment',
  'marketing',
  'telecommunications',
  'finance',
  'employment',
  'services',
  'manufacturing',
  'energy',
  'education',
  'government',
  'logistics',
  'agriculture',
  'construction',
];

/** The office zone of customers of a country: where its largest business centre is. */
const ZONES: Readonly<Record<string, string>> = {
  'United States': 'America/New_York',
  Belgium: 'Europe/Brussels',
  Brazil: 'America/Sao_Paulo',
  Canada: 'America/Toronto',
  China: 'Asia/Shanghai',
  France: 'Europe/Paris',
  Germany: 'Europe/Berlin',
  India: 'Asia/Kolkata',
  Italy: 'Europe/Rome',
  Japan: 'Asia/Tokyo',
  Jordan: 'Asia/Amman',
  Kenya: 'Africa/Nairobi',
  Korea: 'Asia/Seoul',
  Norway: 'Europe/Oslo',
  Panama: 'America/Panama',
  Philippines: 'Asia/Manila',
  Poland: 'Europe/Warsaw',
  Romania: 'Europe/Bucharest',
  Singapore: 'Asia/Singapore',
  'United Kingdom': 'Europe/London',
};

/** Zone of the selling office, for customers whose country says nothing. */
export const DEFAULT_ZONE = 'Asia/Shanghai';

/** The IANA zone of a country, a misspelt one included; the selling office's for an unknown one. */
export function zoneOfCountry(country: string | null): string {
  if (country === null) return DEFAULT_ZONE;
  const name = ZONES[country] === undefined ? nearCountry(country) : country;
  return (name === null ? undefined : ZONES[name]) ?? DEFAULT_ZONE;
}

/** The sector meant by a misspelt one (`technolgy` → `technology`); null when it is spelt well or means something else. */
export function nearSector(sector: string): string | null {
  return nearest(sector, SECTORS);
}

/** The country meant by a misspelt one (`Philipines` → `Philippines`); null as above. */
export function nearCountry(country: string): string | null {
  return nearest(country, Object.keys(ZONES));
}

/** The nearest known word at most two letters away and not equal, if the word is long enough for that to mean something. */
function nearest(word: string, known: readonly string[]): string | null {
  const text = word.toLowerCase();
  if (known.some((name) => name.toLowerCase() === text)) return null;
  const near = known
    .map((name) => ({ name, letters: lettersApart(text, name.toLowerCase()) }))
    .filter(({ name, letters }) => letters <= 2 && name.length >= 5)
    .sort((a, b) => a.letters - b.letters);
  return near[0]?.name ?? null;
}

/** Levenshtein distance. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
