import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { newClause, type DraftClause } from './draft.js';
import type { FieldErrors } from './field-errors.js';

interface ClausesEditorProps {
  clauses: DraftClause[];
  errorAt: FieldErrors;
  onChange: (clauses: DraftClause[]) => void;
}

export function ClausesEditor({ clauses, errorAt, onChange }: ClausesEditorProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Panel title={t('editor.clauses')}>
      {clauses.length === 0 ? <p className="quiet">{t('editor.noClauses')}</p> : null}
      {clauses.map((clause, index) => (
        <div key={clause.rowKey} className="clause-row">
          <Field label={t('editor.clause', { n: index + 1 })} error={errorAt(`/nonStandardClauses/${index}`)}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                value={clause.text}
                onChange={(event) =>
                  onChange(
                    clauses.map((old, i) => (i === index ? { ...old, text: event.target.value } : old)),
                  )
                }
              />
            )}
          </Field>
          <Button
            className="line-remove"
            aria-label={t('editor.removeClause', { n: index + 1 })}
            onClick={() => onChange(clauses.filter((_, i) => i !== index))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...clauses, newClause()])}>{t('editor.addClause')}</Button>
    </Panel>
  );
}
