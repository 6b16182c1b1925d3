import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { fetchAffected } from './hand-over.api.js';
import { HeldSeatLine } from './held-seats.js';

interface AffectedSeatsProps {
  personId: string | undefined;
  kinds: readonly string[];
}

/** What would move if the absence began now, before it is saved. */
export function AffectedSeats({ personId, kinds }: AffectedSeatsProps): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['affected', personId ?? 'me', kinds],
    queryFn: () => fetchAffected(personId, kinds),
  });
  if (query.isPending) return <Loading rows={2} />;
  if (query.isError) return <ProblemNote error={query.error} />;
  const { items, nextCursor } = query.data;
  if (items.length === 0) return <p className="small quiet">{t('absence.nothing')}</p>;
  const title = t(nextCursor ? 'absence.affectedMore' : 'absence.affected', { n: items.length });
  return (
    <section className="stack" aria-label={title}>
      <p className="small strong">{title}</p>
      <ul className="held-seats">
        {items.map((seat) => (
          <HeldSeatLine key={seat.seatId} seat={seat} />
        ))}
      </ul>
    </section>
  );
}
