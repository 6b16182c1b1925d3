import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';
import { FieldControl } from './field-control.js';
import {
  fieldsOf,
  hintOf,
  isRecord,
  kindOf,
  resolved,
  titleOf,
  withMember,
  type Schema,
  type Values,
} from './schema.js';

interface SchemaFormProps {
  schema: Schema;
  root: Schema;
  value: Values;
  /** pointer of this object in the document, '' for all of it */
  at: string;
  errorAt: (pointer: string) => string | undefined;
  /** fields that are not filled in here */
  isShown: (pointer: string) => boolean;
  onChange: (value: Values) => void;
}

/** A form made from a kind's JSON Schema: one control for each field, lists of objects as rows, objects as groups. */
export function SchemaForm(props: SchemaFormProps): ReactElement {
  const { schema, root, value, at, errorAt, isShown, onChange } = props;
  const { i18n, t } = useTranslation();
  const fields = fieldsOf(schema, root).filter(({ name }) => isShown(`${at}/${name}`));
  return (
    <div className="schema-form">
      {fields.map(({ name, field, required }) => {
        const kind = kindOf(field, root);
        const pointer = `${at}/${name}`;
        const title = titleOf(field, name, i18n.language);
        const label = required ? title : `${title} ${t('form.optional')}`;
        const change = (member: unknown): void => onChange(withMember(value, name, member));
        if (kind === 'table')
          return (
            <Rows
              key={name}
              {...props}
              at={pointer}
              title={title}
              schema={field}
              rows={value[name]}
              onRows={change}
            />
          );
        if (kind === 'group')
          return (
            <fieldset key={name} className="schema-group">
              <legend>{title}</legend>
              <SchemaForm
                {...props}
                schema={field}
                at={pointer}
                value={isRecord(value[name]) ? value[name] : {}}
                onChange={change}
              />
            </fieldset>
          );
        const isWide = kind === 'longText' || kind === 'texts';
        return (
          <div key={name} className={isWide ? 'schema-wide' : undefined}>
            <Field
              label={label}
              error={errorAt(pointer) ?? errorAt(`${pointer}/amount`) ?? errorAt(`${pointer}/currency`)}
              hint={hintOf(field, i18n.language)}
            >
              {(control) => (
                <FieldControl
                  kind={kind}
                  schema={field}
                  control={control}
                  value={value[name]}
                  onChange={change}
                />
              )}
            </Field>
          </div>
        );
      })}
    </div>
  );
}

interface RowsProps extends Omit<SchemaFormProps, 'value' | 'onChange'> {
  title: string;
  rows: unknown;
  onRows: (rows: readonly Values[] | undefined) => void;
}

/** A list of objects: a row each, with its own errors. */
function Rows({ title, schema, root, rows: given, at, errorAt, isShown, onRows }: RowsProps): ReactElement {
  const { t } = useTranslation();
  const rows = Array.isArray(given) ? given.filter(isRecord) : [];
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : Number.POSITIVE_INFINITY;
  const set = (index: number, row: Values): void => onRows(rows.map((one, i) => (i === index ? row : one)));
  const remove = (index: number): void => {
    const left = rows.filter((_, i) => i !== index);
    onRows(left.length === 0 ? undefined : left);
  };
  const error = errorAt(at);
  return (
    <fieldset className="schema-group schema-wide">
      <legend>{title}</legend>
      {error ? (
        <p className="field-error" role="alert">
          {error}
        </p>
      ) : null}
      <ol className="schema-rows">
        {rows.map((row, index) => (
          <li key={index} className="schema-row">
            <SchemaForm
              schema={resolved(schema['items'], root)}
              root={root}
              at={`${at}/${index}`}
              value={row}
              errorAt={errorAt}
              isShown={(pointer) => isShown(pointer.replace(/\/\d+(?=\/)/g, '/*'))}
              onChange={(changed) => set(index, changed)}
            />
            <Button aria-label={t('form.removeRow', { n: index + 1 })} onClick={() => remove(index)}>
              ✕
            </Button>
          </li>
        ))}
      </ol>
      <Button disabled={rows.length >= most} onClick={() => onRows([...rows, {}])}>
        {t('form.addRow', { title })}
      </Button>
    </fieldset>
  );
}
