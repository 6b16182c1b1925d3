import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestThings } from '../forms/request-form.js';
import { SchemaForm } from '../forms/schema-form.js';
import { isRecord, valueAt, withValueAt, type Schema, type Values } from '../forms/schema.js';
import type { RequestView } from '../api/types.js';
import type { Edits } from './edit.api.js';
import { QuoteEdits } from './quote-edits.js';

export interface EditFieldsProps {
  request: RequestView;
  edits: Edits;
  errorAt: (pointer: string) => string | undefined;
  onChange: (edits: Edits) => void;
}

/** What an approver may change with their own approval; shut until somebody wants to. */
export function EditFields(props: EditFieldsProps): ReactElement | null {
  const { request } = props;
  const { t } = useTranslation();
  if (request.editable.length === 0) return null;
  return (
    <details className="envelope">
      <summary>{t('edit.open')}</summary>
      <p className="small quiet">{t('edit.note')}</p>
      {request.form ? (
        <RequestThings request={request} form={request.form}>
          <FormEdits {...props} schema={request.form.schema as Schema} />
        </RequestThings>
      ) : (
        <QuoteEdits {...props} />
      )}
    </details>
  );
}

/** The fields of a request kind, by its schema. */
function FormEdits({
  request,
  edits,
  errorAt,
  schema,
  onChange,
}: EditFieldsProps & { schema: Schema }): ReactElement {
  const pointers = request.editable.map(({ pointer }) => pointer);
  const original = isRecord(request.subject.document) ? request.subject.document : {};
  const value = Object.entries(edits).reduce<Values>(
    (so, [at, given]) => withValueAt(so, at, given ?? undefined),
    original,
  );
  const isShown = (at: string): boolean =>
    pointers.some((one) => one === at || one.startsWith(`${at}/`) || at.startsWith(`${one}/`));
  const changed = (next: Values): void => {
    const differs = pointers.filter((at) => text(valueAt(next, at)) !== text(valueAt(original, at)));
    onChange(Object.fromEntries(differs.map((at) => [at, valueAt(next, at) ?? null])));
  };
  return (
    <SchemaForm
      schema={schema}
      root={schema}
      value={value}
      at=""
      errorAt={errorAt}
      isShown={isShown}
      onChange={changed}
    />
  );
}

function text(value: unknown): string {
  return JSON.stringify(value ?? null);
}
