import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRef } from '../api/types.js';
import { FetchFailed } from '../ui/fetched.js';
import { fetchColleagues, fetchNamed, fetchPeople } from './org.api.js';

interface PersonPickerProps {
  id: string;
  value: readonly string[];
  /** how many may be chosen */
  most: number;
  excluded: readonly string[];
  /** who was chosen before, so that they have names */
  known?: readonly PersonRef[];
  /** offers everybody who works here, not only whom one may see: where the server takes anybody */
  anybody?: boolean;
  /** offers those who have left as well */
  withLeft?: boolean;
  /** also who they are, as far as they were offered or known */
  onChange: (personIds: string[], people: PersonRef[]) => void;
}

async function peopleSeen(search: string, withLeft: boolean): Promise<{ items: PersonRef[] }> {
  const { items } = await fetchPeople(search);
  return { items: items.filter(({ active }) => active || withLeft) };
}

/** The server searches the people; those who left are mostly not offered. Whoever is chosen keeps their name, on whatever page they are. */
export function PersonPicker(props: PersonPickerProps): ReactElement {
  const { id, value, most, excluded, withLeft = false, anybody = false, known = [], onChange } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const people = useQuery({
    queryKey: ['catalogue', anybody ? 'colleagues' : 'people', search, withLeft],
    queryFn: () => (anybody ? fetchColleagues(search) : peopleSeen(search, withLeft)),
    placeholderData: keepPreviousData,
  });
  const [met, setMet] = useState<readonly PersonRef[]>([]);
  const nameless = value.filter((one) => ![...known, ...met].some((person) => person.id === one)).sort();
  const named = useQuery({
    queryKey: ['catalogue', 'colleagues', 'named', ...nameless],
    queryFn: () => fetchNamed(nameless),
    enabled: nameless.length > 0,
  });
  const offered = people.data?.items.filter((person) => !excluded.includes(person.id)) ?? [];
  const before = [...known, ...met, ...(named.data?.items ?? [])].filter(
    ({ id: one }, index, all) =>
      value.includes(one) &&
      !offered.some((other) => other.id === one) &&
      all.findIndex((other) => other.id === one) === index,
  );
  return (
    <Select<string[]>
      open={open}
      onOpenChange={setOpen}
      id={id}
      mode="multiple"
      maxCount={most}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      value={[...value]}
      placeholder={t('people.pickHint')}
      {...(people.error ? { notFoundContent: <FetchFailed query={people} /> } : {})}
      style={{ width: '100%' }}
      getPopupContainer={(trigger: HTMLElement) => trigger.parentElement ?? document.body}
      options={[...offered, ...before].map(({ id: personId, name, title }) => ({
        value: personId,
        label: title ? `${name} · ${title}` : name,
      }))}
      onChange={(ids) => {
        const chosen = [...offered, ...before].filter((person) => ids.includes(person.id));
        setMet(chosen);
        onChange(ids, chosen);
        if (ids.length >= most) setOpen(false);
      }}
    />
  );
}
