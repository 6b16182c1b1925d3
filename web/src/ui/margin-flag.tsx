import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag, type Tone } from './tag.js';

export type Flag = 'GREEN' | 'AMBER' | 'RED';
const TONES: Record<Flag, Tone> = { GREEN: 'good', AMBER: 'warn', RED: 'bad' };

export function MarginFlag({ flag }: { flag: Flag }): ReactElement {
  const { t } = useTranslation();
  return <Tag tone={TONES[flag]}>{t(`margin.${flag}`)}</Tag>;
}
