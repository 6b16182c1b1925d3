import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { ContractView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { useToast } from '../ui/toast.js';
import { saveText, type Clause, type SaveText } from './contracts.api.js';

let added = 0;

/** Clauses of a draft. A changed standard clause is no longer standard: the server says so when it is saved. */
export function ClausesForm({ contract }: { contract: ContractView }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [base, setBase] = useState(contract);
  const [clauses, setClauses] = useState<Clause[]>(contract.clauses);
  const command = useCommand<SaveText, ContractView>({
    run: saveText,
    onSuccess: (saved) => {
      setBase(saved);
      setClauses(saved.clauses);
      toast(t('contract.saved'));
    },
  });
  const change = (key: string, changes: Partial<Clause>): void =>
    setClauses(clauses.map((clause) => (clause.key === key ? { ...clause, ...changes } : clause)));
  const dirty = JSON.stringify(clauses) !== JSON.stringify(base.clauses);
  const conflict = command.error instanceof ProblemError && command.error.status === 412;
  const add = (): void => {
    added += 1;
    setClauses([...clauses, { key: `extra-${added}`, title: '', text: '', standard: false }]);
  };
  return (
    <div className="stack">
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
      <ProblemNote error={command.error}>
        {conflict ? (
          <Button
            onClick={() => {
              setBase(contract);
              command.reset();
            }}
          >
            {t('editor.keepMine')}
          </Button>
        ) : null}
      </ProblemNote>
      <div className="row">
        <Button onClick={add}>{t('contract.addClause')}</Button>
        <Button
          type="primary"
          disabled={!dirty}
          loading={command.isPending}
          onClick={() => command.mutate({ id: base.id, rowVersion: base.rowVersion, clauses })}
        >
          {t('contract.saveText')}
        </Button>
        {dirty ? <span className="small due-soon">{t('editor.unsaved')}</span> : null}
      </div>
    </div>
  );
}
