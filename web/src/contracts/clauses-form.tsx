import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { ContractView } from '../api/types.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { ClauseFields } from './clause-fields.js';
import { saveText, type Clause, type SaveText } from './contracts.api.js';

/** Clauses of a draft. */
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
  const dirty = JSON.stringify(clauses) !== JSON.stringify(base.clauses);
  const conflict = command.error instanceof ProblemError && command.error.status === 412;
  return (
    <div className="stack">
      <ClauseFields clauses={clauses} onChange={setClauses} />
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
