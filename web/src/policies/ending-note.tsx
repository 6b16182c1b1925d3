import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '../api/session.js';
import type { PolicyView } from '../api/types.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { confirmEnding, refuseEnding, withdrawEnding } from './drafts.api.js';

interface EndingNoteProps {
  id: string;
  ending: NonNullable<PolicyView['ending']>;
}

/** Somebody wants to end this version: a second person confirms or refuses it, whoever proposed it may withdraw it. */
export function EndingNote({ id, ending }: EndingNoteProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const me = useMe();
  const may = useMay();
  const [open, setOpen] = useState<'CONFIRM' | 'DROP' | null>(null);
  const own = ending.proposedBy?.id === me.id;
  return (
    <div className="note tone-warn" role="status">
      <div className="note-text">
        <p className="strong">
          {t(`policyReview.${ending.act}.waits`, { name: ending.proposedBy?.name ?? '' })}
        </p>
        <p>{ending.reason}</p>
      </div>
      {!own && may('policy:write') ? (
        <Button danger onClick={() => setOpen('CONFIRM')}>
          {t('policyReview.CONFIRM.button')}
        </Button>
      ) : null}
      {may(own ? 'policy:draft' : 'policy:write') ? (
        <Button onClick={() => setOpen('DROP')}>
          {t(own ? 'policyReview.DROP.own' : 'policyReview.DROP.button')}
        </Button>
      ) : null}
      {open ? (
        <ReasonSheet
          title={t(open === 'DROP' && own ? 'policyReview.DROP.own' : `policyReview.${open}.button`)}
          text={t(`policyReview.${open}.text`)}
          asks={open === 'DROP' ? 'REQUIRED' : 'NOTHING'}
          danger={open === 'CONFIRM'}
          run={(reason, key) => {
            if (open === 'CONFIRM') return confirmEnding(id, key);
            return own ? withdrawEnding(id, reason, key) : refuseEnding(id, reason, key);
          }}
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
