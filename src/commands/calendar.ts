import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DataSource, EntityManager } from 'typeorm';
import type { WorkCalendar, WorkWindow } from '../domain/calendar.js';
import { DomainError } from '../domain/errors.js';
import { orgRevision } from './org/revision.js';

const SOURCE = 'chinese-days';
const DEFAULT_OFFICE = {
  key: 'CN',
  name: 'China',
  region: 'CN',
  zone: 'Asia/Shanghai',
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '18:00' },
  ],
};

interface PublishedDays {
  /** date → `English,中文,days`; days off, those in lieu included */
  holidays: Record<string, string>;
  /** date → likewise; weekend days that are worked */
  workdays: Record<string, string>;
}

/** The default office and every published Chinese holiday and make-up workday. New years are added, known days stay. */
export async function seedCalendar(tx: EntityManager): Promise<void> {
  const { key, name, region, zone, hours } = DEFAULT_OFFICE;
  await tx.query(
    `INSERT INTO office (key, name, region, zone, working_hours) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [key, name, region, zone, JSON.stringify(hours)],
  );
  const { holidays, workdays } = await publishedDays();
  const rows = [
    ...Object.entries(holidays).map(([day, text]) => ({
      day,
      kind: 'HOLIDAY',
      name: text.split(',')[1] ?? text,
    })),
    ...Object.entries(workdays).map(([day, text]) => ({
      day,
      kind: 'MAKEUP_WORKDAY',
      name: text.split(',')[1] ?? text,
    })),
  ];
  await tx.query(
    `INSERT INTO calendar_day (region, day, kind, name, source)
     SELECT $2, d.day, d.kind, d.name, $3 FROM jsonb_to_recordset($1::jsonb) AS d(day date, kind varchar, name varchar)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), region, SOURCE],
  );
}

/** Only the package's data: its functions take a year it does not know for one without holidays. */
async function publishedDays(): Promise<PublishedDays> {
  const file = fileURLToPath(import.meta.resolve('chinese-days/dist/chinese-days.json'));
  return JSON.parse(await readFile(file, 'utf8')) as PublishedDays;
}

const kept = new WeakMap<DataSource, Map<string, { revision: string; calendar: WorkCalendar }>>();

/** The company's own office, where a stage says nothing else. */
export const DEFAULT_OFFICE_KEY = DEFAULT_OFFICE.key;

interface Row {
  zone: string;
  working_hours: WorkWindow[];
  days: Record<string, boolean> | null;
  years: number[] | null;
}

/**
 * The calendar an office works by; read again when the organisation's revision moves. A caller that has just read the
 * revision gives it. @throws DomainError NOT_FOUND
 */
export async function loadCalendar(
  tx: EntityManager,
  { officeKey = DEFAULT_OFFICE_KEY, revision }: { officeKey?: string; revision?: string } = {},
): Promise<WorkCalendar> {
  const known = kept.get(tx.connection) ?? new Map<string, { revision: string; calendar: WorkCalendar }>();
  kept.set(tx.connection, known);
  const current = revision ?? (await orgRevision(tx));
  const found = known.get(officeKey);
  if (found?.revision === current) return found.calendar;
  const calendar = await readCalendar(tx, officeKey);
  known.set(officeKey, { revision: current, calendar });
  return calendar;
}

/** The calendars of all offices, by office; as loadCalendar, none is read twice. */
export async function loadCalendars(
  tx: EntityManager,
  revision: string,
): Promise<ReadonlyMap<string, WorkCalendar>> {
  const known = keptAll.get(tx.connection);
  if (known?.revision === revision) return known.calendars;
  const offices = await tx.query<{ key: string }[]>(`SELECT key FROM office ORDER BY key`);
  const calendars = new Map<string, WorkCalendar>();
  for (const { key } of offices) calendars.set(key, await loadCalendar(tx, { officeKey: key, revision }));
  keptAll.set(tx.connection, { revision, calendars });
  return calendars;
}

const keptAll = new WeakMap<DataSource, { revision: string; calendars: ReadonlyMap<string, WorkCalendar> }>();

/** The calendar an office works by, as it is in the running transaction. @throws DomainError NOT_FOUND */
export async function readCalendar(tx: EntityManager, officeKey: string): Promise<WorkCalendar> {
  const [row] = await tx.query<Row[]>(
    `SELECT o.zone, o.working_hours,
       (SELECT json_object_agg(to_char(d.day, 'YYYY-MM-DD'), d.kind IN ('WORKDAY', 'MAKEUP_WORKDAY'))
        FROM calendar_day d WHERE d.region = o.region) AS days,
       (SELECT json_agg(DISTINCT extract(year FROM d.day)::int) FROM calendar_day d WHERE d.region = o.region) AS years
     FROM office o WHERE o.key = $1`,
    [officeKey],
  );
  if (!row) throw new DomainError('NOT_FOUND', { officeKey });
  return {
    zone: row.zone,
    windows: row.working_hours,
    days: row.days ?? {},
    publishedYears: row.years ?? [],
  };
}
