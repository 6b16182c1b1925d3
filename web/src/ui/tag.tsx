import type { ReactElement, ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'plain';

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }): ReactElement {
  return <span className={`tag tone-${tone}`}>{children}</span>;
}
