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

/** Proposes a change, sends it into approval, or gives it up. */
export function ChangeActions({ contract, now, draft }: ChangeActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'PROPOSE' | 'EDIT' | 'SUBMIT' | 'DROP' | null>(null);
  const { actions, change, id } = contract;
  const close = (): void => setOpen(null);
  const offers = (action: string): boolean => actions.includes(action);
  return (
    <div className="row" role="group" aria-label={t('contractChange.versions')}>
      {offers('CHANGE') && now ? (
        <Button onClick={() => setOpen('PROPOSE')}>{t('contractChange.propose')}</Button>
      ) : null}
      {offers('EDIT_CHANGE') && now && draft ? (
        <Button onClick={() => setOpen('EDIT')}>{t('contractChange.edit')}</Button>
      ) : null}
      {offers('SUBMIT_CHANGE') ? (
        <Button type="primary" onClick={() => setOpen('SUBMIT')}>
          {t('contractChange.submit')}
        </Button>
      ) : null}
      {offers('DROP_CHANGE') ? (
        <Button danger onClick={() => setOpen('DROP')}>
          {t('contractChange.drop')}
        </Button>
      ) : null}
      {open === 'PROPOSE' && now ? <ProposeChange contractId={id} now={now} onClose={close} /> : null}
      {open === 'EDIT' && now && draft ? (
        <ProposeChange contractId={id} now={now} draft={draft} onClose={close} />
      ) : null}
      {open === 'SUBMIT' && change ? (
        <ReasonSheet
          title={t('contractChange.submit')}
          text={t('contractChange.submitText')}
          asks="OPTIONAL"
          run={(comment, key) => submitChange(id, change.version, comment, key)}
          onClose={close}
          onDone={close}
        />
      ) : null}
      {open === 'DROP' && change ? (
        <ReasonSheet
          title={t('contractChange.drop')}
          text={t('contractChange.dropText')}
          asks="REQUIRED"
          danger
          run={(reason, key) => dropChange(id, change.version, reason, key)}
          onClose={close}
          onDone={close}
        />
      ) : null}
    </div>
  );
}
