import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import type { WhatIfBody } from '../api/types.js';
import { dayFromNow, startOfDay } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { askWhatIf } from './policies.api.js';
import { WhatIfFound } from './what-if-found.js';
import './policies.css';

interface WhatIfProps {
  /** a version or draft that is stored, with other content where it is being edited; or content alone with its kind */
  candidate: Pick<WhatIfBody, 'policyId' | 'kind' | 'content'>;
}

const DEFAULT_DAYS = 90;

/** A candidate tried on the stored requests of a period (AE-POL-3). */
export function WhatIf({ candidate }: WhatIfProps): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const [from, setFrom] = useState(dayFromNow(-DEFAULT_DAYS));
  const [to, setTo] = useState(dayFromNow(0));
  const asked = useMutation({ mutationFn: askWhatIf });
  if (!may('policy:draft')) return <Panel title={t('whatIf.title')}>{t('whatIf.forbidden')}</Panel>;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    asked.mutate({ ...candidate, from: startOfDay(from), to: startOfDay(to, 1), limit: 20_000, shown: 100 });
  };
  const dates = [
    ['from', from, setFrom],
    ['to', to, setTo],
  ] as const;
  return (
    <div className="stack">
      <Panel title={t('whatIf.title')} note={t('whatIf.how')}>
        <form className="row what-if-form" onSubmit={submit} aria-label={t('whatIf.title')}>
          {dates.map(([name, value, set]) => (
            <Field key={name} label={t(`whatIf.${name}`)}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  type="date"
                  required
                  {...(name === 'to' ? { min: from } : {})}
                  value={value}
                  onChange={(event) => set(event.target.value)}
                />
              )}
            </Field>
          ))}
          <Button type="primary" htmlType="submit" disabled={!from || !to} loading={asked.isPending}>
            {t('whatIf.run')}
          </Button>
        </form>
        <ProblemNote error={asked.error} />
      </Panel>
      <div className="stack" aria-live="polite">
        {asked.isPending ? (
          <>
            <p className="quiet">{t('whatIf.running')}</p>
            <Loading rows={4} />
          </>
        ) : null}
        {asked.data && !asked.isPending ? <WhatIfFound found={asked.data} /> : null}
      </div>
    </div>
  );
}
