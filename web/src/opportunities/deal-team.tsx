import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { handOver, setCollaborators } from './opportunities.api.js';

const MOST = 20;

/** Who sells the deal and who works on it besides (D9). */
export function DealTeam({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'COLLABORATORS' | 'OWNER'>();
  const close = (): void => setOpen(undefined);
  return (
    <Panel title={t('deal.team')}>
      <ul className="deal-list">
        <li>
          <span className="strong">{deal.owner.name}</span>{' '}
          <span className="small quiet">{t('pipe.owner')}</span>
        </li>
        {deal.collaborators.map(({ id, name, title }) => (
          <li key={id}>
            {name} <span className="small quiet">{title ?? t('deal.collaborators')}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        {deal.may.write ? (
          <Button size="small" onClick={() => setOpen('COLLABORATORS')}>
            {t('deal.setCollaborators')}
          </Button>
        ) : null}
        {deal.may.handOver ? (
          <Button size="small" onClick={() => setOpen('OWNER')}>
            {t('deal.handOver')}
          </Button>
        ) : null}
      </div>
      {open === 'COLLABORATORS' ? <CollaboratorsSheet deal={deal} onClose={close} /> : null}
      {open === 'OWNER' ? <HandOverSheet deal={deal} onClose={close} /> : null}
    </Panel>
  );
}

interface TeamSheetProps {
  deal: OpportunityDetailView;
  onClose: () => void;
}

function CollaboratorsSheet({ deal, onClose }: TeamSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [personIds, setPersonIds] = useState(deal.collaborators.map(({ id }) => id));
  const command = useCommand({
    run: setCollaborators,
    onSuccess: () => {
      toast(t('deal.saved'));
      onClose();
    },
  });
  return (
    <Sheet title={t('deal.setCollaborators')} onClose={onClose}>
      <Field label={t('deal.collaborators')} hint={t('deal.collaboratorsHint')}>
        {({ id }) => (
          <PersonPicker
            id={id}
            value={personIds}
            most={MOST}
            excluded={[deal.owner.id]}
            known={deal.collaborators}
            anybody
            onChange={setPersonIds}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={command.isPending}
          onClick={() => command.mutate({ id: deal.id, personIds })}
        >
          {t('deal.save')}
        </Button>
      </div>
    </Sheet>
  );
}

function HandOverSheet({ deal, onClose }: TeamSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [[newOwnerId], setOwner] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const command = useCommand({
    run: handOver,
    onSuccess: () => {
      toast(t('deal.handedOver'));
      onClose();
    },
  });
  return (
    <Sheet title={t('deal.handOver')} onClose={onClose}>
      <Field label={t('deal.newOwner')} hint={t('deal.handOverHint')}>
        {({ id }) => (
          <PersonPicker
            id={id}
            value={newOwnerId ? [newOwnerId] : []}
            most={1}
            excluded={[deal.owner.id]}
            onChange={setOwner}
          />
        )}
      </Field>
      <Field label={t('deal.reason')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!newOwnerId || reason.trim() === ''}
          loading={command.isPending}
          onClick={() =>
            newOwnerId ? command.mutate({ id: deal.id, newOwnerId, reason: reason.trim() }) : undefined
          }
        >
          {t('deal.handOver')}
        </Button>
      </div>
    </Sheet>
  );
}
