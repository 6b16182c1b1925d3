import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractVersionView, ContractView } from '../api/types.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { dropChange, submitChange } from './changes.api.js';
import { ProposeChange } from './propose-change.js';

interface ChangeActionsProps {
  contract: ContractView;
  /** the version in force */
  now: ContractVersionView | undefined;
  /** the change under way */
  draft: ContractVersionView | undefined;
}

/** What was opened, and of what: it stays so while others move the contract on. */
type Opened =
  | { act: 'PROPOSE'; now: ContractVersionView }
  | { act: 'EDIT'; now: ContractVersionView; draft: ContractVersionView }
  | { act: 'SUBMIT' | 'DROP'; version: number };

/** Proposes a change, sends it into approval, or gives it up. */
export function ChangeActions({ contract, now, draft }: ChangeActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Opened | null>(null);
  const { actions, change, id } = contract;
  const close = (): void => setOpen(null);
  const offers = (action: string): boolean => actions.includes(action);
  return (
    <div className="row" role="group" aria-label={t('contractChange.versions')}>
      {offers('CHANGE') && now ? (
        <Button onClick={() => setOpen({ act: 'PROPOSE', now })}>{t('contractChange.propose')}</Button>
      ) : null}
      {offers('EDIT_CHANGE') && now && draft ? (
        <Button onClick={() => setOpen({ act: 'EDIT', now, draft })}>{t('contractChange.edit')}</Button>
      ) : null}
      {offers('SUBMIT_CHANGE') && change ? (
        <Button type="primary" onClick={() => setOpen({ act: 'SUBMIT', version: change.version })}>
          {t('contractChange.submit')}
        </Button>
      ) : null}
      {offers('DROP_CHANGE') && change ? (
        <Button danger onClick={() => setOpen({ act: 'DROP', version: change.version })}>
          {t('contractChange.drop')}
        </Button>
      ) : null}
      {open?.act === 'PROPOSE' ? (
        <ProposeChange contractId={id} now={open.now} latest={now} onClose={close} />
      ) : null}
      {open?.act === 'EDIT' ? (
        <ProposeChange contractId={id} now={open.now} draft={open.draft} latest={draft} onClose={close} />
      ) : null}
      {open?.act === 'SUBMIT' ? (
        <ReasonSheet
          title={t('contractChange.submit')}
          text={t('contractChange.submitText')}
          asks="OPTIONAL"
          run={(comment, key) => submitChange(id, open.version, comment, key)}
          onClose={close}
          onDone={close}
        />
      ) : null}
      {open?.act === 'DROP' ? (
        <ReasonSheet
          title={t('contractChange.drop')}
          text={t('contractChange.dropText')}
          asks="REQUIRED"
          danger
          run={(reason, key) => dropChange(id, open.version, reason, key)}
          onClose={close}
          onDone={close}
        />
      ) : null}
    </div>
  );
}
