import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay, useMe } from '../api/session.js';
import type { PolicyView } from '../api/types.js';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { approveDraft, discardDraft, recallDraft, sendBackDraft, submitDraft } from './drafts.api.js';
import { StartSheet } from './start-sheet.js';
import { useEditing } from './use-draft-editing.js';

type Draft = NonNullable<PolicyView['draft']>;
type Act = Exclude<Draft['acts'][number], 'EDIT'>;
const ORDER: readonly Act[] = ['SUBMIT', 'APPROVE', 'SEND_BACK', 'RECALL', 'DISCARD'];
const REVIEW: readonly Act[] = ['APPROVE', 'SEND_BACK'];

interface DraftActionsProps {
  policy: PolicyView;
  draft: Draft;
}

/** What the reader may do with a draft now: nobody reviews what they wrote, and only authors take it out of review. */
export function DraftActions({ policy, draft }: DraftActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay();
  const editing = useEditing();
  const [open, setOpen] = useState<Act | null>(null);
  const mine = draft.authors.some(({ id }) => id === me.id);
  const shown = ORDER.filter(
    (act) =>
      draft.acts.includes(act) &&
      (REVIEW.includes(act) ? !mine && may('policy:write') : act === 'RECALL' ? mine : true),
  );
  if (!may('policy:draft')) return null;
  const list = kindOfPolicy(policy.kind) === null ? '/policies' : '/request-kinds';
  const step = { id: policy.id, rowVersion: draft.rowVersion };
  const done = (act: Act, to?: string): void => {
    toast(t(`policyReview.${act}.done`));
    setOpen(null);
    if (to) void navigate(to);
  };
  const begin = async (act: Act): Promise<void> => {
    if (act === 'SUBMIT' && editing?.dirty && !(await editing.save())) return;
    setOpen(act);
  };
  const words =
    open === null ? null : { title: t(`policyReview.${open}.button`), text: t(`policyReview.${open}.text`) };
  return (
    <div className="row" role="group" aria-label={t('policyReview.acts')}>
      {editing ? (
        <Button
          type={editing.dirty ? 'primary' : 'default'}
          disabled={!editing.dirty}
          loading={editing.saving}
          onClick={() => void editing.save()}
        >
          {t(editing.dirty ? 'policyEdit.save' : 'policyEdit.saved')}
        </Button>
      ) : null}
      {shown.map((act) => (
        <Button
          key={act}
          type={(act === 'SUBMIT' && !editing?.dirty) || act === 'APPROVE' ? 'primary' : 'default'}
          danger={act === 'DISCARD'}
          onClick={() => void begin(act)}
        >
          {t(`policyReview.${act}.button`)}
        </Button>
      ))}
      {open === 'SUBMIT' && words ? (
        <StartSheet
          {...words}
          atOnce={t('policyReview.whenApproved')}
          wanted={draft.wantedFrom}
          run={(validFrom, key) => submitDraft(step, validFrom, key)}
          onClose={() => setOpen(null)}
          onDone={() => done('SUBMIT')}
        />
      ) : null}
      {open === 'APPROVE' && words ? (
        <StartSheet
          {...words}
          atOnce={t('policyReview.now')}
          wanted={draft.wantedFrom}
          run={(validFrom, key) => approveDraft(step, validFrom, key)}
          onClose={() => setOpen(null)}
          onDone={({ id }) => done('APPROVE', `/policies/${id}`)}
        />
      ) : null}
      {open !== null && words && open !== 'SUBMIT' && open !== 'APPROVE' ? (
        <ReasonSheet
          {...words}
          asks={open === 'SEND_BACK' ? 'REQUIRED' : 'NOTHING'}
          danger={open === 'DISCARD'}
          run={(reason, key): Promise<unknown> =>
            open === 'SEND_BACK'
              ? sendBackDraft(step, reason, key)
              : open === 'RECALL'
                ? recallDraft(policy.id, key)
                : discardDraft(policy.id, key)
          }
          onClose={() => setOpen(null)}
          onDone={() => done(open, open === 'DISCARD' ? list : undefined)}
        />
      ) : null}
    </div>
  );
}
