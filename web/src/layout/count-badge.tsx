import type { ReactElement } from 'react';

const MOST = 99;

interface CountBadgeProps {
  count: number;
  late?: boolean;
  /** what is counted, for those who hear it */
  label: string;
}

/** How many wait, beside the place they wait in; nothing when none do. */
export function CountBadge({ count, late = false, label }: CountBadgeProps): ReactElement | null {
  if (count === 0) return null;
  return (
    <span className={late ? 'badge badge-late' : 'badge'}>
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
