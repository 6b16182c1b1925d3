import type { ReactElement } from 'react';
import { useCodeText } from '../i18n/code-text.js';
import { isMoney, isRow, isTable, nameOf, Scalar, type Row } from './document-scalar.js';
import { DocumentTable } from './document-table.js';

/** The header and the checks show these already. */
const SHOWN_ELSEWHERE = new Set(['facts', 'title', 'amount', 'number', 'version']);
const TECHNICAL = /(Id|Hash)$|^(id|key|hash)$/;

interface DocumentViewProps {
  document: Record<string, unknown>;
  /** of every amount that does not name its own */
  currency: string;
}

/** A subject of any kind: its plain members as facts, its lists as tables, what is nested below its own heading. */
export function DocumentView({ document, currency }: DocumentViewProps): ReactElement {
  const words = useCodeText();
  const entries = Object.entries(document).filter(
    ([key]) => !SHOWN_ELSEWHERE.has(key) && !TECHNICAL.test(key),
  );
  const isNested = (value: unknown): value is Row =>
    isRow(value) && !isMoney(value) && (nameOf(value) === null || Object.values(value).some(isTable));
  const plain = entries.filter(([, value]) => !isTable(value) && !isNested(value));
  return (
    <div className="stack">
      {entries.map(([key, value]) =>
        isTable(value) ? (
          <DocumentTable key={key} title={words('document', key)} rows={value} currency={currency} />
        ) : null,
      )}
      {plain.length > 0 ? (
        <dl className="facts">
          {plain.map(([key, value]) => (
            <div key={key} className={String(value).length > 60 ? 'fact fact-long' : 'fact'}>
              <dt>{words('document', key)}</dt>
              <dd>
                <Scalar name={key} value={value} currency={currency} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {entries.map(([key, value]) =>
        isNested(value) ? (
          <section key={key} className="stack">
            <h3>{words('document', key)}</h3>
            <DocumentView document={value} currency={currency} />
          </section>
        ) : null,
      )}
    </div>
  );
}
