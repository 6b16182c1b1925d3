import { Fragment, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isMoney } from '../requests/document-scalar.js';
import { useFormat } from '../i18n/format.js';
import { MoneyText } from '../ui/money-text.js';
import { FileLink, PersonName } from './named-things.js';
import {
  choiceTitle,
  fieldsOf,
  isRecord,
  kindOf,
  resolved,
  titleOf,
  type Schema,
  type Values,
} from './schema.js';

interface FormDocumentProps {
  schema: Schema;
  root: Schema;
  value: Values;
}

function FieldValue({ schema, root, value }: { schema: Schema; root: Schema; value: unknown }): ReactElement {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (value === undefined || value === null || value === '') return <span className="quiet">—</span>;
  if (isMoney(value)) return <MoneyText value={value} />;
  switch (kindOf(schema, root)) {
    case 'boolean':
      return <span>{value === true ? t('app.yes') : t('app.no')}</span>;
    case 'choice':
      return <span>{choiceTitle(schema, String(value), i18n.language)}</span>;
    case 'person':
      return <PersonName id={String(value)} />;
    case 'people':
      return <PeopleNames ids={Array.isArray(value) ? value.map(String) : []} />;
    case 'attachment':
      return <FileLink id={String(value)} />;
    case 'date':
      return <span>{format.date(String(value))}</span>;
    case 'texts':
      return <span>{Array.isArray(value) ? value.map(String).join(t('app.separator')) : String(value)}</span>;
    case 'longText':
      return <span className="pre-line">{String(value)}</span>;
    default:
      return <span>{String(value)}</span>;
  }
}

function PeopleNames({ ids }: { ids: readonly string[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <span>
      {ids.map((id, index) => (
        <Fragment key={id}>
          {index === 0 ? null : t('app.separator')}
          <PersonName id={id} />
        </Fragment>
      ))}
    </span>
  );
}

function FormTable({
  schema,
  root,
  rows,
  title,
}: {
  schema: Schema;
  root: Schema;
  rows: unknown;
  title: string;
}): ReactElement {
  const { i18n } = useTranslation();
  const items = resolved(schema['items'], root);
  const columns = fieldsOf(items, root);
  const lines = Array.isArray(rows) ? rows.filter(isRecord) : [];
  const isNumeric = (field: Schema): boolean => ['money', 'integer', 'decimal'].includes(kindOf(field, root));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="grid-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map(({ name, field }) => (
              <th key={name} scope="col" className={isNumeric(field) ? 'num' : undefined}>
                {titleOf(field, name, i18n.language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((row, index) => (
            <tr key={index}>
              {columns.map(({ name, field }) => (
                <td key={name} className={isNumeric(field) ? 'num' : undefined}>
                  <FieldValue schema={field} root={root} value={row[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A document with the names its kind gives its fields; fields the viewer may not see are not in it. */
export function FormDocument({ schema, root, value }: FormDocumentProps): ReactElement {
  const { i18n } = useTranslation();
  const fields = fieldsOf(schema, root).map((one) => ({ ...one, kind: kindOf(one.field, root) }));
  const plain = fields.filter(({ kind }) => kind !== 'table' && kind !== 'group');
  return (
    <div className="stack">
      <dl className="facts">
        {plain.map(({ name, field, kind }) => (
          <div key={name} className={kind === 'longText' ? 'fact fact-long' : 'fact'}>
            <dt>{titleOf(field, name, i18n.language)}</dt>
            <dd>
              <FieldValue schema={field} root={root} value={value[name]} />
            </dd>
          </div>
        ))}
      </dl>
      {fields.map(({ name, field, kind }) => {
        const title = titleOf(field, name, i18n.language);
        if (kind === 'table')
          return (
            <section key={name} className="stack">
              <h3>{title}</h3>
              <FormTable schema={field} root={root} rows={value[name]} title={title} />
            </section>
          );
        if (kind === 'group')
          return (
            <section key={name} className="stack">
              <h3>{title}</h3>
              <FormDocument schema={field} root={root} value={isRecord(value[name]) ? value[name] : {}} />
            </section>
          );
        return null;
      })}
    </div>
  );
}
