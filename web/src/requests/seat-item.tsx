import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { CoveredText } from './bound-text.js';
import { Ago, Due } from '../ui/when.js';

interface SeatItemProps {
  seat: SeatView;
  phase: 'past' | 'now' | 'future';
}

function SeatStatus({ seat, phase }: SeatItemProps): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const text = useServerText();
  if (seat.decision) {
    const { action, at, onBehalfOf, signed, attachments } = seat.decision;
    return (
      <span className="small">
        <span className={action === 'APPROVE' ? 'seat-yes' : 'seat-no'}>{words('decided', action)}</span>{' '}
        {onBehalfOf ? t('path.onBehalfOf', { name: onBehalfOf.name }) : null} <Ago at={at} />
        {signed ? <> · {t('path.signed')}</> : null}
        {attachments.length > 0 ? <> · {attachments.map(({ name }) => name).join(', ')}</> : null}
      </span>
    );
  }
  if (seat.state === 'OPEN' && seat.dueAt) {
    return (
      <span className="small">
        <Due at={seat.dueAt} overdue={Date.parse(seat.dueAt) < Date.now()} />
      </span>
    );
  }
  if (seat.sameAs) {
    const { kind, stage, at } = seat.sameAs;
    return (
      <span className="small">
        <span className={kind === 'EARLIER' ? 'seat-yes' : 'quiet'}>
          {t(`path.sameAs.${kind}`, { stage: text(stage) })}
        </span>{' '}
        {at ? <Ago at={at} /> : null}
      </span>
    );
  }
  if (phase === 'future') {
    return seat.certainty === 'MAY_CHANGE' ? (
      <span className="small quiet">{t('path.mayChange')}</span>
    ) : null;
  }
  return (
    <span className="small quiet">
      {seat.code ? words('seatCode', seat.code) : words('seatState', seat.state)}
    </span>
  );
}

/** The reporting line has changed since: the seat stays, somebody entitled may pass it on. */
function OrgDrift({ people }: { people: readonly { name: string }[] }): ReactElement {
  const { t } = useTranslation();
  const names = people.map(({ name }) => name).join(', ');
  return (
    <span className="small quiet">
      {people.length > 0 ? t('path.orgDrift.somebody', { names }) : t('path.orgDrift.nobody')}
    </span>
  );
}

/** Who sits here and what they said. */
export function SeatItem({ seat, phase }: SeatItemProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const person = seat.decision?.by ?? seat.holder ?? seat.owner;
  const replaced = seat.owner && person && seat.owner.id !== person.id ? seat.owner : null;
  return (
    <li className="seat">
      <span className="row">
        <span className={person ? undefined : 'quiet'}>
          {person?.name ?? words('role', seat.role ?? 'UNKNOWN')}
          {person?.title ? <span className="quiet small"> {person.title}</span> : null}
          {seat.added ? (
            <span className="quiet small">
              {' '}
              {t(`add.by.${seat.added.relation}`, { name: seat.added.by?.name ?? '' })}
            </span>
          ) : null}
          {replaced ? (
            <span className="quiet small"> {t('path.insteadOf', { name: replaced.name })}</span>
          ) : null}
        </span>
        <SeatStatus seat={seat} phase={phase} />
        {seat.orgDrift ? <OrgDrift people={seat.orgDrift} /> : null}
      </span>
      {seat.decision?.comment ? <q className="small">{seat.decision.comment}</q> : null}
      {seat.envelope ? <CoveredText bounds={seat.envelope.bounds} /> : null}
    </li>
  );
}
