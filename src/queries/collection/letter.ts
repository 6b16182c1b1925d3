import type { DataSource } from 'typeorm';

/** A letter as it goes out, with what of it is still open at this instant. */
export interface OutgoingLetter {
  no: string;
  /** null: erased */
  name: string | null;
  address: string | null;
  language: 'zh-CN' | 'en';
  company: string;
  seller: { name: string; email: string | null };
  caseId: string;
  content: {
    customer: string;
    action: string;
    level: number;
    on: string;
    lines: { itemId: string; invoiceNo: string; amount: string; currency: string; dueOn: string }[];
  };
  /** something of what it asks for is still open */
  stands: boolean;
}

/** Null when there is no such letter. */
export async function outgoingLetter(
  db: Pick<DataSource, 'query'>,
  id: string,
): Promise<OutgoingLetter | null> {
  const [row] = await db.query<OutgoingLetter[]>(
    `SELECT l.no, l.name, l.address, l.language, o.name AS company, l.case_id AS "caseId", l.content,
       json_build_object('name', coalesce(e.name, o.name), 'email', e.email) AS seller,
       coalesce((SELECT sum(x.amount) > 0 FROM receivable_entry x
         WHERE x.item_id IN (SELECT n.item_id FROM dunning_notice n WHERE n.letter_id = l.id)), false) AS stands
     FROM dunning_letter l JOIN collection_case k ON k.id = l.case_id JOIN company o ON o.id = k.company_id
     JOIN customer c ON c.id = k.customer_id LEFT JOIN employee e ON e.id = c.owner_id AND e.status <> 'LEFT'
     WHERE l.id = $1`,
    [id],
  );
  return row ?? null;
}
