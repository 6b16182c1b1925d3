import { useQuery } from '@tanstack/react-query';
import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { newIntentKey } from '../api/intent-key.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { Tag } from '../ui/tag.js';
import { fetchClauseLibrary, type Clause } from './contracts.api.js';

interface ClauseFieldsProps {
  clauses: readonly Clause[];
  onChange: (clauses: Clause[]) => void;
}

/** The clauses a text will have. A changed standard clause is no longer standard: the server says so when it is saved. */
export function ClauseFields({ clauses, onChange }: ClauseFieldsProps): ReactElement {
  const { t } = useTranslation();
  const change = (key: string, changes: Partial<Clause>): void =>
    onChange(clauses.map((clause) => (clause.key === key ? { ...clause, ...changes } : clause)));
  const add = (): void =>
    onChange([...clauses, { key: `extra-${newIntentKey()}`, title: '', text: '', standard: false }]);
  return (
    <>
      {clauses.map((clause, index) => (
        <div key={clause.key} className="stack clause-form">
          <div className="row">
            {clause.standard ? (
              <h3>{clause.title}</h3>
            ) : (
              <Field label={t('contract.clauseTitle', { n: index + 1 })}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    value={clause.title}
                    onChange={(event) => change(clause.key, { title: event.target.value })}
                  />
                )}
              </Field>
            )}
            {clause.standard ? null : <Tag tone="warn">{t('contract.nonStandard')}</Tag>}
            {clauses.length > 1 ? (
              <Button
                aria-label={t('contract.removeClause', { title: clause.title })}
                icon={<DeleteOutlined />}
                onClick={() => onChange(clauses.filter(({ key }) => key !== clause.key))}
              />
            ) : null}
          </div>
          <Field label={t('contract.clauseText', { title: clause.title })}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                value={clause.text}
                onChange={(event) => change(clause.key, { text: event.target.value, standard: false })}
              />
            )}
          </Field>
        </div>
      ))}
      <div className="row">
        <FromLibrary clauses={clauses} onChange={onChange} />
        <Button onClick={add}>{t('contract.addClause')}</Button>
      </div>
    </>
  );
}

/** What the library offers and the text does not say: another clause, or the library's words for one that is there. */
function FromLibrary({ clauses, onChange }: ClauseFieldsProps): ReactElement | null {
  const { t } = useTranslation();
  const library = useQuery({ queryKey: ['clause-library'], queryFn: fetchClauseLibrary });
  if (library.data === undefined) return <FetchFailed query={library} />;
  const offered = library.data.filter(
    ({ key, text }) => !clauses.some((clause) => clause.key === key && clause.text === text),
  );
  if (offered.length === 0) return null;
  const take = (wanted: string): void => {
    const found = offered.find(({ key }) => key === wanted);
    if (!found) return;
    const { key, title, text, standard, version } = found;
    const clause = { key, title, text, standard, version };
    const there = clauses.some((each) => each.key === key);
    onChange(there ? clauses.map((each) => (each.key === key ? clause : each)) : [...clauses, clause]);
  };
  return (
    <select
      className="input"
      aria-label={t('contract.fromLibrary')}
      value=""
      onChange={(event) => take(event.target.value)}
    >
      <option value="">{t('contract.fromLibrary')}</option>
      {offered.map(({ key, title, version, standard }) => (
        <option key={key} value={key}>
          {title} v{version}
          {standard ? '' : ` · ${t('contract.nonStandard')}`}
        </option>
      ))}
    </select>
  );
}
