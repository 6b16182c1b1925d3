import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import type { InboxItem } from '../api/types.js';
import { MoneyText } from '../ui/money-text.js';

interface BulkLineProps {
  item: InboxItem | undefined;
  end: ReactNode;
}

/** One item of several: what it is, how much, and what is said of it. */
export function BulkLine({ item, end }: BulkLineProps): ReactElement | null {
  if (!item) return null;
  return (
    <li className="bulk-line">
      <Link to={`/requests/${item.requestId}`} className="strong">
        {item.title}
      </Link>
      <MoneyText value={item.amount} />
      <span className="bulk-line-end">{end}</span>
    </li>
  );
}
