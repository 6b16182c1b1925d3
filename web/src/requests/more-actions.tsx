import { Button } from 'antd';
import { useState, type ComponentProps, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RequestView, SeatsResult } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { ApproversSheet } from './approvers-sheet.js';
import { RestaffSheet } from './restaff-sheet.js';
import { InitiatorSheet } from './initiator-sheet.js';
import { AddSheet } from './add-sheet.js';
import { RemoveSheet } from './remove-sheet.js';
import { TransferSheet } from './transfer-sheet.js';
import { UrgeSheet } from './urge-sheet.js';
import {
  acceptOutcome,
  claim,
  release,
  resubmit,
  retract,
  revoke,
  terminate,
  withdraw,
} from './requests.api.js';

type Other =
  | 'RETRACT'
  | 'URGE'
  | 'REVOKE'
  | 'WITHDRAW'
  | 'RESUBMIT'
  | 'TERMINATE'
  | 'RESTAFF'
  | 'NAME_APPROVERS'
  | 'SET_INITIATOR'
  | 'ACCEPT_OUTCOME'
  | 'CLAIM'
  | 'RELEASE'
  | SeatChange;
type SeatChange = 'TRANSFER' | 'ADD' | 'REMOVE';
/** Acts that name a person. */
type Staffing = 'RESTAFF' | 'NAME_APPROVERS' | 'SET_INITIATOR';

interface MoreActionsProps {
  request: RequestView;
  actions: readonly string[];
  /** nothing else is offered: show the actions themselves instead of "more" */
  alone: boolean;
}

function rightTo(actions: RequestView['actions'], name: string): { seatId: string; seatVersion: number } {
  const right = actions.find(({ action }) => action === name);
  return { seatId: right?.seatId ?? '', seatVersion: right?.seatVersion ?? 0 };
}

/** Acts that need no word. */
const WORDLESS = new Set<Other>(['CLAIM', 'RELEASE']);
/** Acts that need one. */
const EXPLAINED = new Set<Other>(['TERMINATE', 'ACCEPT_OUTCOME', 'REVOKE']);

const RUN: Record<
  Exclude<Other, Staffing | SeatChange | 'URGE'>,
  (request: RequestView, reason: string, key: string) => Promise<unknown>
> = {
  RETRACT: ({ actions }, reason, key) => {
    const { seatId, seatVersion } = rightTo(actions, 'RETRACT');
    return retract(
      { seatId, body: { expectedSeatVersion: seatVersion, ...(reason ? { reason } : {}) } },
      key,
    );
  },
  REVOKE: ({ id, version }, reason, key) => revoke({ id, body: { expectedVersion: version, reason } }, key),
  WITHDRAW: ({ id, version }, reason, key) =>
    withdraw({ id, body: { expectedVersion: version, ...(reason ? { reason } : {}) } }, key),
  RESUBMIT: ({ id, version }, reason, key) =>
    resubmit({ id, body: { expectedVersion: version, ...(reason ? { comment: reason } : {}) } }, key),
  CLAIM: ({ actions }, _, key) => {
    const { seatId, seatVersion } = rightTo(actions, 'CLAIM');
    return claim({ seatId, expectedSeatVersion: seatVersion }, key);
  },
  RELEASE: ({ actions }, _, key) => release(rightTo(actions, 'RELEASE').seatId, key),
  ACCEPT_OUTCOME: ({ id, path }, reason, key) => {
    const stageId = path.find(({ state }) => state === 'BLOCKED')?.id ?? '';
    return acceptOutcome({ id, body: { stageId, reason } }, key);
  },
  TERMINATE: ({ id }, reason, key) => terminate({ id, body: { reason } }, key),
};

const SHEETS: Record<SeatChange, typeof TransferSheet> = {
  TRANSFER: TransferSheet,
  ADD: AddSheet,
  REMOVE: RemoveSheet,
};

const STAFFING: Record<Staffing, typeof RestaffSheet> = {
  RESTAFF: RestaffSheet,
  NAME_APPROVERS: ApproversSheet,
  SET_INITIATOR: InitiatorSheet,
};

function isStaffing(action: Other): action is Staffing {
  return action in STAFFING;
}

function StaffingSheet({
  of,
  ...props
}: { of: Staffing } & ComponentProps<typeof RestaffSheet>): ReactElement {
  const Chosen = STAFFING[of];
  return <Chosen {...props} />;
}

function isSeatChange(action: Other): action is SeatChange {
  return action in SHEETS;
}

function SeatSheet({
  of,
  ...props
}: { of: SeatChange } & ComponentProps<typeof TransferSheet>): ReactElement {
  const Chosen = SHEETS[of];
  return <Chosen {...props} />;
}

function isOther(action: string): action is Other {
  return action === 'URGE' || action in RUN || action in STAFFING || action in SHEETS;
}

export function MoreActions({ request, actions, alone }: MoreActionsProps): ReactElement | null {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toast = useToast();
  const format = useFormat();
  const [listed, setListed] = useState(false);
  const [chosen, setChosen] = useState<Other | null>(null);
  const end = request.actions.find(({ action }) => action === chosen)?.until;
  const until = end ? format.instant(end) : '';
  const others = [...new Set(actions)].filter(isOther);
  const done = (): void => {
    if (chosen && chosen !== 'URGE') toast(t(`request.other.${chosen}.done`));
    setChosen(null);
  };
  const changed = ({ next }: SeatsResult): void => {
    const leaves = chosen === 'TRANSFER';
    done();
    if (leaves) void navigate(next ? `/requests/${next.requestId}` : '/inbox?tab=todo', { replace: true });
  };
  if (others.length === 0) return null;
  const buttons = others.map((other) => (
    <Button
      key={other}
      size="large"
      type={other === 'RESUBMIT' ? 'primary' : 'default'}
      danger={other === 'TERMINATE'}
      onClick={() => {
        setListed(false);
        setChosen(other);
      }}
    >
      {t(`request.other.${other}.button`)}
    </Button>
  ));
  return (
    <>
      {alone ? (
        buttons
      ) : (
        <Button size="large" onClick={() => setListed(true)}>
          {t('request.more')}
        </Button>
      )}
      {listed ? (
        <Sheet title={t('request.more')} onClose={() => setListed(false)}>
          <div className="stack">{buttons}</div>
          <div className="sheet-buttons">
            <Button onClick={() => setListed(false)}>{t('app.close')}</Button>
          </div>
        </Sheet>
      ) : null}
      {chosen !== null && isStaffing(chosen) ? (
        <StaffingSheet of={chosen} requestId={request.id} onClose={() => setChosen(null)} onDone={done} />
      ) : chosen !== null && isSeatChange(chosen) ? (
        <SeatSheet of={chosen} requestId={request.id} onClose={() => setChosen(null)} onDone={changed} />
      ) : chosen === 'URGE' ? (
        <UrgeSheet requestId={request.id} onClose={() => setChosen(null)} />
      ) : chosen ? (
        <ReasonSheet
          title={t(`request.other.${chosen}.button`)}
          text={t(`request.other.${chosen}.text`, { until })}
          asks={WORDLESS.has(chosen) ? 'NOTHING' : EXPLAINED.has(chosen) ? 'REQUIRED' : 'OPTIONAL'}
          danger={chosen === 'TERMINATE'}
          run={(reason, key) => RUN[chosen](request, reason, key)}
          onClose={() => setChosen(null)}
          onDone={done}
        />
      ) : null}
    </>
  );
}
