import type { ReactElement } from 'react';
import type { RequestView } from '../api/types.js';

export type Fact = RequestView['subject']['facts'][number];

interface FactValueProps {
  fact: Fact;
  currency: string | null;
}

export function FactValue({ fact }: FactValueProps): ReactElement {
  return <span className={fact.flag === 'RED' ? 'due-late' : undefined}>{fact.value}</span>;
}
