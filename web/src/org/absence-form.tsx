import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMay, useMe } from '../api/session.js';
import type { AbsenceBody, AbsenceView } from '../api/types.js';
import { startOfDay } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { AbsenceRuleFields, NO_RULE, ruleBody } from './absence-rule.js';
import { AffectedSeats } from './affected-seats.js';
import { addAbsence } from './org.api.js';
import { PersonPicker } from './person-picker.js';

export function AbsenceForm(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [delegateId, setDelegateId] = useState<string | undefined>();
  const [note, setNote] = useState('');
  const [rule, setRule] = useState(NO_RULE);
  const [personId, setPersonId] = useState<string | undefined>();
  const mayForOthers = useMay()('org:admin');
  const command = useCommand<AbsenceBody, AbsenceView>({
    run: addAbsence,
    onSuccess: () => {
      setFrom('');
      setTo('');
      setDelegateId(undefined);
      setNote('');
      setRule(NO_RULE);
      setPersonId(undefined);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate({
      from: startOfDay(from),
      to: startOfDay(to, 1),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(personId ? { personId } : {}),
      ...ruleBody(rule),
      ...(delegateId ? { delegateId } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={t('people.newAbsence')}>
      <h3>{t('people.newAbsence')}</h3>
      {mayForOthers ? (
        <Field label={t('absence.forWhom')}>
          {(control) => (
            <PersonPicker
              id={control.id}
              value={personId ? [personId] : []}
              most={1}
              excluded={[]}
              onChange={([chosen]) => setPersonId(chosen)}
            />
          )}
        </Field>
      ) : null}
      <div className="absence-dates">
        <Field label={t('people.from')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              required
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('people.to')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              required
              min={from}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={t('people.delegateLabel')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={delegateId ? [delegateId] : []}
            most={1}
            excluded={[personId ?? me.id]}
            onChange={([chosen]) => setDelegateId(chosen)}
          />
        )}
      </Field>
      <AbsenceRuleFields rule={rule} onChange={setRule} />
      {rule.includeOpen ? <AffectedSeats personId={personId} kinds={rule.kinds} /> : null}
      <Field label={t('people.note')}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <Button type="primary" htmlType="submit" disabled={!from || !to} loading={command.isPending}>
        {t('people.saveAbsence')}
      </Button>
    </form>
  );
}
