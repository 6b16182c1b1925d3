import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuotedClause } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { newClause, type DraftClause } from './draft.js';
import type { FieldErrors } from './field-errors.js';
import { fetchQuotedClauses } from './quotes.api.js';

interface ClausesEditorProps {
  clauses: DraftClause[];
  errorAt: FieldErrors;
  onChange: (clauses: DraftClause[]) => void;
}

/** In what the quotation leaves the standard: what is chosen goes to legal; the library's words are read beside it. */
export function ClausesEditor({ clauses, errorAt, onChange }: ClausesEditorProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const query = useQuery({ queryKey: ['catalogue', 'quote-clauses'], queryFn: fetchQuotedClauses });
  const offered = query.data ?? [];
  const taken = clauses.map(({ text }) => text);
  // a name the policy no longer has stays to be read, and the server says so
  const choices = (own: string): string[] => [
    ...(own === '' || offered.some(({ name }) => name === own) ? [] : [own]),
    ...offered.map(({ name }) => name).filter((name) => name === own || !taken.includes(name)),
  ];
  return (
    <Panel title={t('editor.clauses')}>
      {clauses.length === 0 ? <p className="quiet">{t('editor.noClauses')}</p> : null}
      <FetchFailed query={query} />
      {clauses.map((clause, index) => (
        <div key={clause.rowKey} className="clause-row">
          <Field label={t('editor.clause', { n: index + 1 })} error={errorAt(`/nonStandardClauses/${index}`)}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={clause.text}
                onChange={(event) =>
                  onChange(
                    clauses.map((old, i) => (i === index ? { ...old, text: event.target.value } : old)),
                  )
                }
              >
                <option value="">{t('editor.chooseClause')}</option>
                {choices(clause.text).map((name) => (
                  <option key={name} value={name}>
                    {words('quoteClause', name)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Button
            className="line-remove"
            aria-label={t('editor.removeClause', { n: index + 1 })}
            onClick={() => onChange(clauses.filter((_, i) => i !== index))}
          >
            ✕
          </Button>
          <LibraryWords clause={offered.find(({ name }) => name === clause.text)} />
        </div>
      ))}
      {offered.length > clauses.length ? (
        <Button onClick={() => onChange([...clauses, newClause()])}>{t('editor.addClause')}</Button>
      ) : null}
    </Panel>
  );
}

/** What a contract says of it as long as nothing else is agreed; only to be read here. */
function LibraryWords({ clause }: { clause: QuotedClause | undefined }): ReactElement | null {
  const { t } = useTranslation();
  if (!clause) return null;
  const { library } = clause;
  return (
    <div className="clause-library small">
      <p className="row">
        <Tag tone="warn">{t('contract.nonStandard')}</Tag>
        <span className="quiet">{t('editor.clauseToLegal')}</span>
      </p>
      {library ? (
        <>
          <p>
            <span className="strong">
              {library.title} v{library.version}
            </span>{' '}
            <span className="quiet">
              {t(library.standard ? 'editor.clauseStandard' : 'contract.nonStandard')}
            </span>
          </p>
          <blockquote>{library.text}</blockquote>
        </>
      ) : (
        <p className="quiet">{t('editor.clauseNotInLibrary')}</p>
      )}
    </div>
  );
}
