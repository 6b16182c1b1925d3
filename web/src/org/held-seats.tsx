import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldSeat } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Tag } from '../ui/tag.js';

interface HeldSeatLineProps {
  seat: HeldSeat;
  /** what comes before it: a box to choose it */
  lead?: ReactNode;
  /** what became of it */
  end?: ReactNode;
}

/** One task somebody holds: what, which stage, how much. */
export function HeldSeatLine({ seat, lead, end }: HeldSeatLineProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  return (
    <li className="held-seat">
      {lead}
      <span className="held-seat-text">
        <span className="strong">{seat.title}</span>
        <span className="small quiet row">
          <Tag>{words('kind', seat.kind)}</Tag>
          <span>{serverText(seat.stage)}</span>
          {seat.owner ? <span>{t('handOver.forName', { name: seat.owner.name })}</span> : null}
          {seat.isAdvice ? <span>{t('handOver.advice')}</span> : null}
        </span>
      </span>
      <span className="held-seat-end">{end ?? <MoneyText value={seat.amount} />}</span>
    </li>
  );
}
