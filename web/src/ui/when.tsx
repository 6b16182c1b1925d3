import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';

/** An instant, relative, with the exact one on hover and for assistive technology. */
export function Ago({ at }: { at: string }): ReactElement {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.instant(at)}>
      {format.relative(at)}
    </time>
  );
}

export function Instant({ at }: { at: string }): ReactElement {
  return <time dateTime={at}>{useFormat().instant(at)}</time>;
}

export function DateText({ on }: { on: string | null }): ReactElement {
  const format = useFormat();
  if (!on) return <span className="quiet">—</span>;
  return <time dateTime={on}>{format.date(on)}</time>;
}

const SOON_MS = 4 * 3_600_000;

interface DueProps {
  at: string;
  overdue: boolean;
}

/** Due time in words and colour: never colour alone. */
export function Due({ at, overdue }: DueProps): ReactElement {
  const format = useFormat();
  const { t } = useTranslation();
  const leftMs = Date.parse(at) - Date.now();
  const text = overdue
    ? t('due.late', { span: format.span(leftMs) })
    : format.isToday(at)
      ? t('due.today', { time: format.time(at) })
      : t('due.later', { at: format.instant(at), relative: format.relative(at) });
  const tone = overdue ? 'due-late' : leftMs < SOON_MS ? 'due-soon' : undefined;
  return (
    <time dateTime={at} title={format.instant(at)} className={tone}>
      {text}
    </time>
  );
}
