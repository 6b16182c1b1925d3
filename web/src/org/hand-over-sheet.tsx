import { Button, Checkbox } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { HeldSeat, MassTransferBody, MassTransferResult, PersonRef } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { Tag } from '../ui/tag.js';
import { fetchHeldSeats, massTransfer } from './hand-over.api.js';
import { HeldSeatLine } from './held-seats.js';
import { PersonPicker } from './person-picker.js';

/** Single tasks named in one call; everything has no such limit. */
const MOST_TARGETS = 200;

interface HandOverSheetProps {
  person: PersonRef;
  onClose: () => void;
}

/** Everything somebody holds, to whom it goes, and afterwards what became of each. */
export function HandOverSheet({ person, onClose }: HandOverSheetProps): ReactElement {
  const { t } = useTranslation();
  const [done, setDone] = useState<{ seats: HeldSeat[]; result: MassTransferResult } | null>(null);
  return (
    <Sheet title={t('handOver.title', { name: person.name })} onClose={onClose}>
      {done ? (
        <HandedOver {...done} onClose={onClose} />
      ) : (
        <HandOverForm person={person} onClose={onClose} onDone={setDone} />
      )}
    </Sheet>
  );
}

interface HandOverFormProps extends HandOverSheetProps {
  onDone: (done: { seats: HeldSeat[]; result: MassTransferResult }) => void;
}

function HandOverForm({ person, onClose, onDone }: HandOverFormProps): ReactElement {
  const { t } = useTranslation();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [toPersonId, setTo] = useState<string | undefined>();
  const [merge, setMerge] = useState(false);
  const [reason, setReason] = useState('');
  const { items, query } = usePaged<HeldSeat>({
    key: ['held-seats', person.id],
    load: (cursor) => fetchHeldSeats(person.id, cursor),
  });
  const movable = items.filter(({ isAdvice }) => !isAdvice);
  const chosen = movable.filter(({ seatId }) => !left.has(seatId));
  const isAll = chosen.length === movable.length;
  const command = useCommand<MassTransferBody, MassTransferResult>({
    run: massTransfer,
    onSuccess: (result) => onDone({ seats: items, result }),
  });
  const toggle = (seatId: string): void => {
    const next = new Set(left);
    if (!next.delete(seatId)) next.add(seatId);
    setLeft(next);
  };
  const send = (): void => {
    if (!toPersonId) return;
    const targets = chosen.slice(0, MOST_TARGETS).map(({ seatId }) => ({ seatId, toPersonId }));
    const which = isAll ? {} : { targets, onlyTargets: true };
    command.mutate({ fromPersonId: person.id, toPersonId, merge, reason: reason.trim(), ...which });
  };
  if (query.isPending) return <Loading rows={4} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0)
    return (
      <>
        <p className="quiet">{t('handOver.none')}</p>
        <div className="sheet-buttons">
          <Button onClick={onClose}>{t('app.close')}</Button>
        </div>
      </>
    );
  return (
    <>
      {movable.length > 1 ? (
        <Checkbox
          checked={chosen.length === movable.length}
          indeterminate={chosen.length > 0 && chosen.length < movable.length}
          onChange={({ target }) =>
            setLeft(new Set(target.checked ? [] : movable.map(({ seatId }) => seatId)))
          }
        >
          {t('handOver.all')} · {t('handOver.chosen', { n: chosen.length })}
        </Checkbox>
      ) : null}
      <ul className="held-seats" aria-label={t('handOver.title', { name: person.name })}>
        {items.map((seat) => (
          <HeldSeatLine
            key={seat.seatId}
            seat={seat}
            lead={
              <Checkbox
                aria-label={seat.title}
                disabled={seat.isAdvice}
                checked={!seat.isAdvice && !left.has(seat.seatId)}
                onChange={() => toggle(seat.seatId)}
              />
            }
          />
        ))}
      </ul>
      <LoadMore query={query} />
      <Field label={t('handOver.to')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={toPersonId ? [toPersonId] : []}
            most={1}
            excluded={[person.id]}
            onChange={([to]) => setTo(to)}
          />
        )}
      </Field>
      <Checkbox checked={merge} onChange={({ target }) => setMerge(target.checked)}>
        {t('handOver.merge')}
      </Checkbox>
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!toPersonId || chosen.length === 0 || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {isAll ? t('handOver.sendAll') : t('handOver.send', { n: chosen.length })}
        </Button>
      </div>
    </>
  );
}

interface HandedOverProps {
  seats: readonly HeldSeat[];
  result: MassTransferResult;
  onClose: () => void;
}

function HandedOver({ seats, result, onClose }: HandedOverProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const refused = result.results.filter(({ outcome }) => outcome === 'REFUSED').length;
  return (
    <>
      <p role="status">{t('handOver.summary', { moved: result.results.length - refused, refused })}</p>
      <ul className="held-seats" aria-label={t('handOver.button')}>
        {result.results.map(({ seatId, outcome, code }) => {
          const seat = seats.find((one) => one.seatId === seatId);
          if (!seat) return null;
          const tag =
            outcome === 'REFUSED' ? (
              <Tag tone="bad">{t('handOver.refused', { reason: words('problem', code ?? '') })}</Tag>
            ) : (
              <Tag tone="good">{t(outcome === 'MOVED' ? 'handOver.moved' : 'handOver.merged')}</Tag>
            );
          return <HeldSeatLine key={seatId} seat={seat} end={tag} />;
        })}
      </ul>
      <div className="sheet-buttons">
        <Button type="primary" onClick={onClose}>
          {t('handOver.close')}
        </Button>
      </div>
    </>
  );
}
