import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NextBody } from '../api/types.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';

export const KINDS = ['CALL', 'VISIT', 'MEETING', 'MAIL', 'NOTE'] as const;
export type Kind = (typeof KINDS)[number];

export function noNext(): NextBody {
  return { kind: 'CALL', plannedOn: dayFromNow(2), subject: '' };
}

/** What was filled in; undefined while it says nothing. */
export function nextGiven(next: NextBody): NextBody | undefined {
  return next.subject.trim() === '' ? undefined : { ...next, subject: next.subject.trim() };
}

interface NextFieldsProps {
  value: NextBody;
  onChange: (next: NextBody) => void;
}

export function NextFields({ value, onChange }: NextFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <fieldset className="deal-next">
      <legend>{t('deal.plan')}</legend>
      <KindField value={value.kind} onChange={(kind) => onChange({ ...value, kind })} />
      <Field label={t('deal.nextOn')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            min={dayFromNow(0)}
            value={value.plannedOn}
            onChange={(event) => onChange({ ...value, plannedOn: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('deal.nextWhat')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={value.subject}
            onChange={(event) => onChange({ ...value, subject: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}

export function KindField({
  value,
  onChange,
}: {
  value: Kind;
  onChange: (kind: Kind) => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Field label={t('deal.nextKind')}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          onChange={(event) => onChange(KINDS.find((kind) => kind === event.target.value) ?? 'CALL')}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`activityKind.${kind}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
