import { SaxesParser, type SaxesTagNS } from 'saxes';
import {
  brokenLine,
  type BrokenLine,
  type ReadStatement,
  type StatementLine,
} from '../../domain/receivable/statement.js';
import { checkedLine, unreadableStatement } from './statement-line.js';

/** An element of an entry with its text. Names without their prefix. */
interface Node {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Node[];
}

const MAX_DEPTH = 40;

/**
 * Reads ISO 20022 CAMT.053, any version: one line per booked credit, or per transaction of a batch. Only elements and text are
 * read: a document type is refused, so that there are no entities but XML's own five, and nothing is fetched.
 * @throws DomainError IMPORT.FILE_UNREADABLE not XML, a document type, another message
 */
export function readCamtStatement(bytes: Buffer): ReadStatement {
  const lines: StatementLine[] = [];
  const broken: BrokenLine[] = [];
  let ignored = 0;
  for (const [index, entry] of entriesOf(bytes).entries()) {
    const no = index + 1;
    if (textAt(entry, 'CdtDbtInd') !== 'CRDT' || !isBooked(entry)) {
      ignored += 1;
      continue;
    }
    if (textAt(entry, 'RvslInd') === 'true') {
      const rule = 'a credit that is no reversal of the bank: take the payment back by hand';
      broken.push(brokenLine(no, 'RvslInd', { code: 'REVERSAL', rule }));
      continue;
    }
    for (const line of linesOf(entry, no)) {
      if (Array.isArray(line)) broken.push(...line);
      else lines.push(line);
    }
  }
  return { format: 'CAMT.053', lines, broken, ignored };
}

/** `BOOK`, as a code of its own or, in older versions, as the text of `Sts`. */
function isBooked(entry: Node): boolean {
  return (textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts')) === 'BOOK';
}

function linesOf(entry: Node, no: number): (StatementLine | BrokenLine[])[] {
  const day = (
    textAt(entry, 'ValDt', 'Dt') ||
    textAt(entry, 'ValDt', 'DtTm') ||
    textAt(entry, 'BookgDt', 'Dt')
  ).slice(0, 10);
  const bankRef = textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef');
  const details = all(entry, 'NtryDtls').flatMap((part) => all(part, 'TxDtls'));
  const parts = details.length > 0 ? details : [null];
  return parts.map((part, index) => {
    const single = parts.length === 1;
    const own = part && (at(part, 'Amt') ?? at(part, 'AmtDtls', 'TxAmt', 'Amt'));
    const amount = own ?? (single ? at(entry, 'Amt') : null);
    if (!amount)
      return [
        brokenLine(no, 'Amt', { code: 'REQUIRED', rule: 'an amount for every transaction of a batch' }),
      ];
    const ref = part ? textAt(part, 'Refs', 'AcctSvcrRef') || textAt(part, 'Refs', 'TxId') : '';
    const sourceId = single ? bankRef || ref : ref || (bankRef && `${bankRef}/${index + 1}`);
    if (!sourceId)
      return [
        brokenLine(no, 'AcctSvcrRef', {
          code: 'REQUIRED',
          rule: 'a reference of the bank: it is booked once by it',
        }),
      ];
    const parties = part && at(part, 'RltdPties');
    return checkedLine(
      {
        no,
        sourceId: `camt:${sourceId}`,
        amount: amount.text.trim(),
        currency: amount.attributes['Ccy'] ?? '',
        valueDate: day,
        payerName: parties ? textAt(parties, 'Dbtr', 'Pty', 'Nm') || textAt(parties, 'Dbtr', 'Nm') : '',
        payerAccount: parties
          ? textAt(parties, 'DbtrAcct', 'Id', 'IBAN') || textAt(parties, 'DbtrAcct', 'Id', 'Othr', 'Id')
          : '',
        reference: part ? referenceOf(part) : textAt(entry, 'AddtlNtryInf'),
      },
      'yyyy-MM-dd',
    );
  });
}

function referenceOf(part: Node): string {
  const info = all(part, 'RmtInf');
  const structured = info.flatMap((one) => all(one, 'Strd'));
  const words = [
    ...info.flatMap((one) => all(one, 'Ustrd')).map(({ text }) => text),
    ...structured.map((one) => textAt(one, 'CdtrRefInf', 'Ref')),
    ...structured.flatMap((one) => all(one, 'RfrdDocInf')).map((one) => textAt(one, 'Nb')),
    textAt(part, 'Refs', 'EndToEndId'),
  ];
  return words.filter((word) => word !== '' && word !== 'NOTPROVIDED').join(' ');
}

function all(node: Node, name: string): Node[] {
  return node.children.filter((child) => child.name === name);
}

function at(node: Node, ...path: readonly string[]): Node | null {
  return path.reduce<Node | null>((found, name) => found && (all(found, name)[0] ?? null), node);
}

function textAt(node: Node, ...path: readonly string[]): string {
  return at(node, ...path)?.text.trim() ?? '';
}

/** Every `Ntry` of a statement as a tree of its own; nothing else is kept. */
function entriesOf(bytes: Buffer): Node[] {
  const entries: Node[] = [];
  const open: Node[] = [];
  let isStatement = false;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw unreadableStatement(error.message);
  });
  parser.on('doctype', () => {
    throw unreadableStatement('a document type is not read');
  });
  parser.on('opentag', (tag) => {
    isStatement ||= tag.local === 'BkToCstmrStmt';
    if (open.length === 0 && tag.local !== 'Ntry') return;
    if (open.length >= MAX_DEPTH) throw unreadableStatement('elements are nested too deep');
    const node: Node = { name: tag.local, attributes: attributesOf(tag), text: '', children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('cdata', (text) => {
    const node = open.at(-1);
    if (node) node.text += text;
  });
  parser.on('closetag', () => {
    const node = open.pop();
    if (node && open.length === 0) entries.push(node);
  });
  parser.write(utf8(bytes)).close();
  if (!isStatement) throw unreadableStatement('no BkToCstmrStmt in it');
  return entries;
}

function attributesOf({ attributes }: SaxesTagNS): Record<string, string> {
  return Object.fromEntries(Object.values(attributes).map(({ local, value }) => [local, value]));
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadableStatement('not UTF-8');
  }
}
