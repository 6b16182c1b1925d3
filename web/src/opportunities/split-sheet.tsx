import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { DealSplitsView } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { fetchPeople } from '../org/org.api.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { sumOfPercents, WHOLE } from './percent-sum.js';
import { putSplits, type SplitsChange } from './splits.api.js';

const MOST = 20;

interface SplitSheetProps {
  id: string;
  splits: DealSplitsView;
  onClose: () => void;
}

type Percents = Readonly<Record<string, string>>;

/** Saved only when the revenue shares sum to 100 % exactly; the server checks the same. */
export function SplitSheet({ id, splits, onClose }: SplitSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [{ rowVersion, today, current, needsApproval }] = useState(splits);
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
  const shares = (people: readonly string[], percents: Percents): { personId: string; percent: string }[] =>
    people.map((personId) => ({ personId, percent: (percents[personId] ?? '').trim() }));
  const sum = sumOfPercents(shares(revenue, revenuePct).map(({ percent }) => percent));
  const send = (): void =>
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
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={sum !== WHOLE || (needsApproval && reason.trim() === '')}
          loading={command.isPending}
          onClick={send}
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
  percents: Percents;
  onPeople: (people: string[]) => void;
  onPercents: (percents: Percents) => void;
}

function ShareFields({ label, people, percents, onPeople, onPercents }: ShareFieldsProps): ReactElement {
  const { t } = useTranslation();
  const known = useQuery({ queryKey: ['catalogue', 'people', ''], queryFn: () => fetchPeople('') });
  const nameOf = (personId: string): string =>
    known.data?.items.find((person) => person.id === personId)?.name ?? t('deal.split.people');
  return (
    <>
      <Field label={label}>
        {({ id }) => <PersonPicker id={id} value={people} most={MOST} excluded={[]} onChange={onPeople} />}
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
