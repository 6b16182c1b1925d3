import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractView } from '../api/types.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { archiveContract, completeContract, resumeContract } from './life.api.js';
import { cancelContract, sealContract, submitContract } from './contracts.api.js';
import { SuspendSheet } from './suspend-sheet.js';

const ACTIONS = ['SUBMIT', 'SEAL', 'COMPLETE', 'RESUME', 'ARCHIVE', 'CANCEL'] as const;
type Action = (typeof ACTIONS)[number];
const ASKS = {
  SUBMIT: 'OPTIONAL',
  SEAL: 'OPTIONAL',
  COMPLETE: 'OPTIONAL',
  RESUME: 'REQUIRED',
  ARCHIVE: 'NOTHING',
  CANCEL: 'REQUIRED',
} as const;

const RUN: Record<Action, (contract: ContractView, reason: string, key: string) => Promise<unknown>> = {
  SUBMIT: ({ id }, comment, key) => submitContract(id, comment, key),
  SEAL: ({ id }, note, key) => sealContract(id, note, key),
  COMPLETE: ({ id }, note, key) => completeContract(id, note, key),
  RESUME: ({ id }, reason, key) => resumeContract(id, reason, key),
  ARCHIVE: ({ id }, _none, key) => archiveContract(id, key),
  CANCEL: ({ id }, reason, key) => cancelContract(id, reason, key),
};

export function ContractActions({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState<Action | null>(null);
  const offered = new Set(contract.actions);
  const shown = ACTIONS.filter((action) => offered.has(action));
  const maySuspend = offered.has('SUSPEND');
  const [suspending, setSuspending] = useState(false);
  if (shown.length === 0 && !maySuspend) return null;
  return (
    <div className="row" role="group" aria-label={t('request.actions')}>
      {shown.map((action) => (
        <Button
          key={action}
          type={action === 'CANCEL' ? 'default' : 'primary'}
          danger={action === 'CANCEL'}
          onClick={() => setOpen(action)}
        >
          {t(`contractAction.${action}.button`)}
        </Button>
      ))}
      {maySuspend ? <Button onClick={() => setSuspending(true)}>{t('contractLife.suspend')}</Button> : null}
      {suspending ? (
        <SuspendSheet contractId={contract.id} causes={contract.holds} onClose={() => setSuspending(false)} />
      ) : null}
      {open ? (
        <ReasonSheet
          title={t(`contractAction.${open}.button`)}
          text={t(`contractAction.${open}.text`)}
          asks={ASKS[open]}
          danger={open === 'CANCEL'}
          run={(reason, key) => RUN[open](contract, reason, key)}
          onClose={() => setOpen(null)}
          onDone={() => {
            toast(t(`contractAction.${open}.done`));
            setOpen(null);
          }}
        />
      ) : null}
    </div>
  );
}
