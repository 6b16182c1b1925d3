import type { ReactElement } from 'react';
import { useFormat } from '../i18n/format.js';

export function PercentText({ value }: { value: string }): ReactElement {
  return <span className="num">{useFormat().percent(value)}</span>;
}
