import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractView } from '../api/types.js';
import { StaleChoice } from '../ui/stale-choice.js';
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
  const rebase = (): void => {
    setBase(contract);
    command.reset();
  };
  return (
    <div className="stack">
      <ClauseFields clauses={clauses} onChange={setClauses} />
      <StaleChoice
        error={command.error}
        isReread={contract.rowVersion !== base.rowVersion}
        onTakeTheirs={() => {
          setClauses(contract.clauses);
          rebase();
        }}
        onKeepMine={rebase}
      />
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
