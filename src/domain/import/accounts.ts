import { sizeClass, type SizeClass } from '../customer/size-class.js';
import { CellReader } from './cell-reader.js';
import { matchKey, nameKey } from './name.js';
import { hasError, type Cells, type RowReading } from './row.js';
import { nearCountry, nearSector, zoneOfCountry } from './spelling.js';

/** One customer as the file describes it. */
export interface AccountDraft {
  name: string;
  nameKey: string;
  matchKey: string;
  sector: string | null;
  country: string | null;
  zone: string;
  yearEstablished: number | null;
  /** millions of USD, decimal string */
  revenueMusd: string | null;
  employees: number | null;
  sizeClass: SizeClass | null;
  /** which price lists are theirs; undefined: the file does not say */
  tier?: string | null;
  region?: string | null;
  /** name of the parent; found when all rows are in, since it may stand further down */
  parentName: string | null;
}

/** A row of the accounts file. Misspelt sectors and countries are kept and pointed out (SPELLING). */
export function readAccount(cells: Cells): RowReading<AccountDraft> {
  const reader = new CellReader(cells);
  const name = reader.mandatoryText('account', 200);
  const sector = reader.text('sector', 80);
  const country = reader.text('office_location', 80);
  const employees = reader.whole('employees', 0, 100_000_000);
  const yearEstablished = reader.whole('year_established', 1000, 2999);
  const revenueMusd = reader.decimal('revenue');
  const parentName = reader.text('subsidiary_of', 200);
  const tier = reader.text('tier', 10);
  const region = reader.text('region', 40);
  const sectorMeant = sector === null ? null : nearSector(sector);
  if (sectorMeant)
    reader.report('sector', 'SPELLING', `did you mean "${sectorMeant}"? imported as it is`, 'WARNING');
  const countryMeant = country === null ? null : nearCountry(country);
  if (countryMeant)
    reader.report(
      'office_location',
      'SPELLING',
      `did you mean "${countryMeant}"? imported as it is`,
      'WARNING',
    );
  if (name !== null && matchKey(name) === '')
    reader.report('account', 'NO_LETTERS', 'a name has letters or digits');
  if (name === null || hasError(reader.issues)) return { draft: null, issues: reader.issues };
  const draft: AccountDraft = {
    name,
    nameKey: nameKey(name),
    matchKey: matchKey(name),
    sector,
    country,
    zone: zoneOfCountry(country),
    yearEstablished,
    revenueMusd,
    employees,
    sizeClass: sizeClass(employees),
    parentName,
    ...(reader.has('tier') ? { tier } : {}),
    ...(reader.has('region') ? { region } : {}),
  };
  return { draft, issues: reader.issues };
}
