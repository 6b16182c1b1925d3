import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord } from '../forms/schema.js';
import { useCodeText } from '../i18n/code-text.js';
import { Field } from '../ui/field.js';
import type { EditFieldsProps } from './edit-fields.js';
import type { Edits } from './edit.api.js';

const LINE = /^\/lines\/(\d+)\/(\w+)$/;
const DAYS = '/termDays';

/** A price is set by its discount or as it is, not by both. */
const INSTEAD: Readonly<Record<string, string>> = { discountPct: 'unitNet', unitNet: 'discountPct' };

function otherOf(pointer: string): string | null {
  const [, index = '', name = ''] = LINE.exec(pointer) ?? [];
  const other = INSTEAD[name];
  return other ? `/lines/${index}/${other}` : null;
}

/** What is typed stays as it was typed: the server says what is wrong with it. */
function given(pointer: string, text: string): unknown {
  return pointer === DAYS && /^\d{1,6}$/.test(text) ? Number(text) : text;
}

/** Prices by line, and the terms, as far as the stage may change them. */
export function QuoteEdits({ request, edits, errorAt, onChange }: EditFieldsProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const { document } = request.subject;
  const lines = Array.isArray(document['lines']) ? document['lines'].filter(isRecord) : [];
  const set = (pointer: string, text: string, was: string): void => {
    const other = otherOf(pointer);
    const rest = Object.entries(edits).filter(([at]) => at !== pointer && at !== other);
    const next: Edits = Object.fromEntries(rest);
    onChange(text === was || text === '' ? next : { ...next, [pointer]: given(pointer, text) });
  };
  const labelOf = (pointer: string): string => {
    const [, index, name] = LINE.exec(pointer) ?? [];
    if (index === undefined || name === undefined) return words('document', pointer.slice(1));
    return `${String(lines[Number(index)]?.['name'] ?? index)} · ${words('document', name)}`;
  };
  return (
    <div className="edit-grid">
      {request.editable.map(({ pointer, value }) => {
        const was = String(value ?? '');
        const other = otherOf(pointer);
        const isInstead = other !== null && other in edits;
        return (
          <Field
            key={pointer}
            label={labelOf(pointer)}
            error={errorAt(pointer)}
            hint={t('edit.was', { value: was })}
          >
            {(control) => (
              <input
                {...control}
                className="input num"
                inputMode={pointer === DAYS ? 'numeric' : 'decimal'}
                placeholder={was}
                disabled={isInstead}
                value={pointer in edits ? String(edits[pointer]) : ''}
                onChange={({ target }) => set(pointer, target.value.trim(), was)}
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}
