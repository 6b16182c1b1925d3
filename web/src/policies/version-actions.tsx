import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../api/session.js';
import type { PolicyView } from '../api/types.js';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { beginDraft, cancelVersion, deactivateVersion } from './drafts.api.js';
import { isTablePolicy } from './policy-panes.js';

type Act = 'BEGIN' | 'CANCEL' | 'DEACTIVATE';

function actsOf(policy: PolicyView): Act[] {
  if (policy.ending) return ['BEGIN'];
  if (policy.state === 'SCHEDULED') return ['BEGIN', 'CANCEL'];
  if (policy.state !== 'ACTIVE') return ['BEGIN'];
  return isTablePolicy(policy) || kindOfPolicy(policy.kind) !== null ? ['BEGIN', 'DEACTIVATE'] : ['BEGIN'];
}

/** What a version leads to: the next draft, or its end. */
export function VersionActions({ policy }: { policy: PolicyView }): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const may = useMay();
  const [open, setOpen] = useState<Act | null>(null);
  if (!may('policy:draft')) return null;
  const run = async (act: Act, reason: string, key: string): Promise<void> => {
    if (act === 'BEGIN') {
      const { id } = await beginDraft(policy.kind, reason, key);
      void navigate(`/policies/${id}`);
    } else if (act === 'CANCEL') await cancelVersion(policy.id, reason, key);
    else await deactivateVersion(policy.id, reason, key);
  };
  return (
    <div className="row" role="group" aria-label={t('policyReview.acts')}>
      {actsOf(policy).map((act) => (
        <Button
          key={act}
          type={act === 'BEGIN' ? 'primary' : 'default'}
          danger={act !== 'BEGIN'}
          onClick={() => setOpen(act)}
        >
          {t(`policyReview.${act}.button`)}
        </Button>
      ))}
      {open ? (
        <ReasonSheet
          title={t(`policyReview.${open}.button`)}
          text={t(`policyReview.${open}.text`)}
          asks="REQUIRED"
          danger={open !== 'BEGIN'}
          run={(reason, key) => run(open, reason, key)}
          onClose={() => setOpen(null)}
          onDone={() => {
            toast(t(`policyReview.${open}.done`));
            setOpen(null);
          }}
        />
      ) : null}
    </div>
  );
}
