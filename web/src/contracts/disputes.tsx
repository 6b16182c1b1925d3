import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractPerformance } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { StateTag } from '../ui/state-tag.js';
import { Ago } from '../ui/when.js';
import {
  closeDispute,
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  openDispute,
  type ClosedDispute,
  type NewDispute,
} from './performance.api.js';

interface DisputesProps {
  contractId: string;
  currency: string;
  performance: ContractPerformance;
}

export function Disputes({ contractId, currency, performance }: DisputesProps): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const [opening, setOpening] = useState(false);
  const [closing, setClosing] = useState<string | null>(null);
  const mayOpen = performance.actions.includes('DISPUTE');
  if (performance.disputes.length === 0 && !mayOpen) return null;
  return (
    <Panel className="stack" title={t('performance.disputes')}>
      {performance.disputes.length === 0 ? <p className="quiet">{t('performance.noDisputes')}</p> : null}
      <ul className="stack">
        {performance.disputes.map((dispute) => (
          <li key={dispute.id} className="stack">
            <div className="row">
              <span className="strong">{words('disputeReason', dispute.reason)}</span>
              <StateTag state={dispute.state} />
              <MoneyText value={dispute.amount} />
            </div>
            <p>{dispute.text}</p>
            {dispute.outcome ? <p className="quiet">{dispute.outcome}</p> : null}
            <span className="small quiet">
              {dispute.owner.name} <Ago at={dispute.openedAt} />
            </span>
            {dispute.actions.includes('CLOSE') ? (
              <div className="row">
                <Button size="small" onClick={() => setClosing(dispute.id)}>
                  {t('performance.closeDispute')}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {mayOpen ? <Button onClick={() => setOpening(true)}>{t('performance.openDispute')}</Button> : null}
      {opening ? (
        <OpenSheet
          contractId={contractId}
          currency={currency}
          mayHold={performance.actions.includes('DISPUTE_HOLD')}
          onClose={() => setOpening(false)}
        />
      ) : null}
      {closing ? (
        <CloseSheet contractId={contractId} disputeId={closing} onClose={() => setClosing(null)} />
      ) : null}
    </Panel>
  );
}

interface OpenSheetProps {
  contractId: string;
  currency: string;
  mayHold: boolean;
  onClose: () => void;
}

function OpenSheet({ contractId, currency, mayHold, onClose }: OpenSheetProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [reason, setReason] = useState<NewDispute['body']['reason']>('QUALITY');
  const [amount, setAmount] = useState('');
  const [suspends, setSuspends] = useState(mayHold);
  const [text, setText] = useState('');
  const command = useCommand<NewDispute, unknown>({ run: openDispute, onSuccess: onClose });
  return (
    <Sheet title={t('performance.openDispute')} onClose={onClose}>
      <Field label={t('performance.reason')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={reason}
            onChange={(event) => setReason(event.target.value as NewDispute['body']['reason'])}
          >
            {DISPUTE_REASONS.map((each) => (
              <option key={each} value={each}>
                {words('disputeReason', each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('performance.amount', { currency })}>
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
      </Field>
      {mayHold ? (
        <label className="row">
          <input type="checkbox" checked={suspends} onChange={(event) => setSuspends(event.target.checked)} />
          {t('performance.suspends')}
        </label>
      ) : null}
      <CommentField required value={text} onChange={setText} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={text.trim().length < 3 || amount.trim() === ''}
          loading={command.isPending}
          onClick={() =>
            command.mutate({
              id: contractId,
              body: { reason, amount: amount.trim(), suspends, text: text.trim() },
            })
          }
        >
          {t('performance.openDispute')}
        </Button>
      </div>
    </Sheet>
  );
}

function CloseSheet(props: { contractId: string; disputeId: string; onClose: () => void }): ReactElement {
  const { contractId, disputeId, onClose } = props;
  const { t } = useTranslation();
  const words = useCodeText();
  const [outcome, setOutcome] = useState<ClosedDispute['body']['outcome']>('SETTLED');
  const [text, setText] = useState('');
  const command = useCommand<ClosedDispute, unknown>({ run: closeDispute, onSuccess: onClose });
  return (
    <Sheet title={t('performance.closeDispute')} onClose={onClose}>
      <Field label={t('performance.outcome')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value as ClosedDispute['body']['outcome'])}
          >
            {DISPUTE_OUTCOMES.map((each) => (
              <option key={each} value={each}>
                {words('state', each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CommentField required value={text} onChange={setText} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={text.trim().length < 3}
          loading={command.isPending}
          onClick={() => command.mutate({ id: contractId, disputeId, body: { outcome, text: text.trim() } })}
        >
          {t('performance.closeDispute')}
        </Button>
      </div>
    </Sheet>
  );
}
