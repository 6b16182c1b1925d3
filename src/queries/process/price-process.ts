import type { Reader } from '../../db/prepared.js';
import { plainText } from '../../domain/process/sentence.js';
import type { ProcessView } from '../../domain/process/view.js';
import { SECOND_LOOK_MS } from './staff-process.js';

interface Row {
  kind: string;
  text: string;
  at: Date;
  acted_at: Date | null;
  settled_at: Date | null;
  changed_by: string;
  seq: string;
  now: Date;
}

/** What is no price, but moves what is in approval in the same way. */
const CUSTOMERS: Readonly<Record<string, string>> = {
  CREDIT: 'What a customer may owe changes: quotations in approval are looked at again',
  GROUP: 'A customer moves to another group: quotations in approval are looked at again',
  BLOCK: 'A customer is blocked: what is in approval for them is stopped',
};

/** A change of prices as its process sees it: two looks at what is in approval, from its instant on. Null when there is no such change. */
export async function priceProcess(db: Reader, changeId: string): Promise<ProcessView | null> {
  const [row] = await db.query<Row[]>(
    `SELECT c.kind, c.text, c.at, c.acted_at, c.settled_at, coalesce(e.username, c.changed_by) AS changed_by, h.seq,
       clock_timestamp() AS now
     FROM price_change c JOIN event_head h ON h.aggregate_kind = 'price-change' AND h.aggregate_id = c.id
     LEFT JOIN employee e ON e.id::text = c.changed_by WHERE c.id = $1`,
    [changeId],
  );
  if (!row) return null;
  const dueMs = row.acted_at ? row.acted_at.getTime() + SECOND_LOOK_MS : row.at.getTime();
  const at = new Date(dueMs).toISOString();
  const key = `look/${row.acted_at ? 2 : 1}`;
  const inMs = dueMs - row.now.getTime();
  return {
    seq: Number(row.seq),
    stage: `${CUSTOMERS[row.kind] ? 'CUSTOMER' : 'PRICES'}:${row.kind}`,
    waitingOn: [],
    dueAt: row.settled_at ? null : at,
    next: row.settled_at ? null : { kind: 'REASSESS', key, at, inMs, days: null, subjectId: changeId },
    sentence:
      CUSTOMERS[row.kind] ??
      `Prices change (${plainText(row.text)}): quotations in approval are looked at again`,
    owner: row.changed_by,
    orgPath: [],
    amountBase: null,
    stuck: null,
    outcome: row.settled_at ? 'SETTLED' : null,
  };
}
