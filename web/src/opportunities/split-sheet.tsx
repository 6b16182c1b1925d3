import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { DealSplitsView, PersonRef } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Sheet } from '../ui/sheet.js';
import { StaleChoice } from '../ui/stale-choice.js';
import { useToast } from '../ui/toast.js';
import { sumOfPercents, WHOLE } from './percent-sum.js';
import { putSplits, type SplitsChange } from './splits.api.js';

const MOST = 20;

interface SplitSheetProps {
  id: string;
  /** as last read; the form starts from what they were when it was opened */
  splits: DealSplitsView;
  onClose: () => void;
}

type Percents = Readonly<Record<string, string>>;

/** Saved only when the revenue shares sum to 100 % exactly; the server checks the same. */
export function SplitSheet({ id, splits, onClose }: SplitSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [opened] = useState(splits);
  const { today, current, needsApproval } = opened;
  const [met, setMet] = useState<PersonRef[]>(
    [...current.revenue, ...current.overlay].map(({ person }) => person),
  );
  const [revenue, setRevenue] = useState(current.revenue.map(({ person }) => person.id));
  const [overlay, setOverlay] = useState(current.overlay.map(({ person }) => person.id));
  const [revenuePct, setRevenuePct] = useState<Percents>(percentsOf(current.revenue));
  const [overlayPct, setOverlayPct] = useState<Percents>(percentsOf(current.overlay));
  const [partner, setPartner] = useState(current.channel?.partner ?? '');
  const [partnerPct, setPartnerPct] = useState(current.channel?.percent ?? '');
  const [validFrom, setValidFrom] = useState(today);
  const [reason, setReason] = useState('');
  const command = useCommand<SplitsChange, DealSplitsView>({
    run: putSplits,
    onSuccess: () => {
      toast(t(needsApproval ? 'deal.split.proposed' : 'deal.saved'));
      onClose();
    },
  });
  const meet = (people: PersonRef[]): void =>
    setMet((before) => [...before, ...people.filter(({ id: one }) => !before.some((old) => old.id === one))]);
  const shares = (people: readonly string[], percents: Percents): { personId: string; percent: string }[] =>
    people.map((personId) => ({ personId, percent: (percents[personId] ?? '').trim() }));
  const sum = sumOfPercents(shares(revenue, revenuePct).map(({ percent }) => percent));
  const send = (rowVersion: number): void =>
    command.mutate({
      id,
      rowVersion,
      body: {
        validFrom,
        revenue: shares(revenue, revenuePct),
        overlay: shares(overlay, overlayPct),
        ...(partner.trim() === ''
          ? {}
          : { channel: { partner: partner.trim(), percent: partnerPct.trim() } }),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
    });
  return (
    <Sheet title={t('deal.split.title')} onClose={onClose}>
      {needsApproval ? <p className="quiet">{t('deal.split.approvalNote')}</p> : null}
      <ShareFields
        label={t('deal.split.revenue')}
        people={revenue}
        known={met}
        onMet={meet}
        percents={revenuePct}
        onPeople={setRevenue}
        onPercents={setRevenuePct}
      />
      <p role="status" className={sum === WHOLE ? 'small quiet' : 'field-error'}>
        {t('deal.split.sum', { sum: sum === null ? '—' : String(Number(sum) / 10_000) })}
      </p>
      <ShareFields
        label={t('deal.split.overlay')}
        people={overlay}
        known={met}
        onMet={meet}
        percents={overlayPct}
        onPeople={setOverlay}
        onPercents={setOverlayPct}
      />
      <Field label={`${t('deal.split.channel')} · ${t('deal.split.partner')}`}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={partner}
            onChange={(event) => setPartner(event.target.value)}
          />
        )}
      </Field>
      {partner.trim() === '' ? null : (
        <PercentField
          label={t('deal.split.percentOf', { name: partner })}
          value={partnerPct}
          onChange={setPartnerPct}
        />
      )}
      <Field label={t('deal.split.from')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            min={today}
            value={validFrom}
            onChange={(event) => setValidFrom(event.target.value)}
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
      <StaleChoice
        error={command.error}
        isReread={splits.rowVersion !== command.variables?.rowVersion}
        onTakeTheirs={onClose}
        onKeepMine={() => send(splits.rowVersion)}
      />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={sum !== WHOLE || (needsApproval && reason.trim() === '')}
          loading={command.isPending}
          onClick={() => send(opened.rowVersion)}
        >
          {t(needsApproval ? 'deal.split.propose' : 'deal.save')}
        </Button>
      </div>
    </Sheet>
  );
}

interface ShareFieldsProps {
  label: string;
  people: string[];
  /** everybody who was chosen here or before, so that they have names */
  known: readonly PersonRef[];
  percents: Percents;
  onMet: (people: PersonRef[]) => void;
  onPeople: (people: string[]) => void;
  onPercents: (percents: Percents) => void;
}

function ShareFields(props: ShareFieldsProps): ReactElement {
  const { label, people, known, percents, onMet, onPeople, onPercents } = props;
  const { t } = useTranslation();
  const nameOf = (personId: string): string => known.find(({ id }) => id === personId)?.name ?? personId;
  return (
    <>
      <Field label={label}>
        {({ id }) => (
          <PersonPicker
            id={id}
            value={people}
            most={MOST}
            excluded={[]}
            known={known}
            anybody
            onChange={(ids, chosen) => {
              onMet(chosen);
              onPeople(ids);
            }}
          />
        )}
      </Field>
      {people.map((personId) => (
        <PercentField
          key={personId}
          label={t('deal.split.percentOf', { name: nameOf(personId) })}
          value={percents[personId] ?? ''}
          onChange={(percent) => onPercents({ ...percents, [personId]: percent })}
        />
      ))}
    </>
  );
}

interface PercentFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function PercentField({ label, value, onChange }: PercentFieldProps): ReactElement {
  return (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          className="input"
          inputMode="decimal"
          maxLength={8}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function percentsOf(shares: readonly { person: { id: string }; percent: string }[]): Percents {
  return Object.fromEntries(shares.map(({ person, percent }) => [person.id, percent]));
}
