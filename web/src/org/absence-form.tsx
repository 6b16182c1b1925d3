import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMe } from '../api/session.js';
import type { AbsenceBody, AbsenceView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { addAbsence, fetchPeople } from './org.api.js';

interface DelegatePickerProps {
  id: string;
  value: string | undefined;
  onChange: (personId: string | undefined) => void;
}

function DelegatePicker({ id, value, onChange }: DelegatePickerProps): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [search, setSearch] = useState('');
  const { data } = useQuery({
    queryKey: ['catalogue', 'people', search],
    queryFn: () => fetchPeople(search),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      value={value}
      placeholder={t('people.delegateHint')}
      style={{ width: '100%' }}
      options={data?.items
        .filter((person) => person.active && person.id !== me.id)
        .map(({ id: personId, name, title }) => ({
          value: personId,
          label: title ? `${name} · ${title}` : name,
        }))}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}

export function AbsenceForm(): ReactElement {
  const { t } = useTranslation();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [delegateId, setDelegateId] = useState<string | undefined>();
  const [note, setNote] = useState('');
  const command = useCommand<AbsenceBody, AbsenceView>({
    run: addAbsence,
    onSuccess: () => {
      setFrom('');
      setTo('');
      setDelegateId(undefined);
      setNote('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate({
      from,
      to,
      ...(delegateId ? { delegateId } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={t('people.newAbsence')}>
      <h3>{t('people.newAbsence')}</h3>
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
        {(control) => <DelegatePicker id={control.id} value={delegateId} onChange={setDelegateId} />}
      </Field>
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
