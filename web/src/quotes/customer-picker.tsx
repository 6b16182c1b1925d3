import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchCustomer, searchCustomers } from '../customers/customers.api.js';
import { FetchFailed } from '../ui/fetched.js';

const OFFERED = 20;
const PAUSE_MS = 250;

function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

interface CustomerPickerProps {
  id: string;
  value: string;
  invalid: boolean;
  describedBy: string | undefined;
  onChange: (customerId: string) => void;
}

/** The server searches: the console never loads all customers. */
export function CustomerPicker({
  id,
  value,
  invalid,
  describedBy,
  onChange,
}: CustomerPickerProps): ReactElement {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text);
  const found = useQuery({
    queryKey: ['catalogue', 'customers', search],
    queryFn: () => searchCustomers(search, OFFERED),
    placeholderData: keepPreviousData,
  });
  const customers = found.data?.items ?? [];
  const chosen = useQuery({
    queryKey: ['catalogue', 'customer', value],
    queryFn: () => fetchCustomer(value),
    enabled: value !== '' && !customers.some((customer) => customer.id === value),
  });
  const listed =
    chosen.data && !customers.some(({ id: listedId }) => listedId === chosen.data.id)
      ? [chosen.data, ...customers]
      : customers;
  return (
    <>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setText }}
        value={value || undefined}
        placeholder={t('editor.customerHint')}
        status={invalid ? 'error' : undefined}
        aria-describedby={describedBy}
        loading={found.isFetching}
        style={{ width: '100%' }}
        notFoundContent={found.isFetching ? t('app.loading') : found.error ? null : t('editor.noCustomer')}
        options={listed.map((customer) => ({
          value: customer.id,
          label: [customer.name, customer.sector, customer.creditClass].filter(Boolean).join(' · '),
        }))}
        onChange={(next: string) => onChange(next)}
      />
      <FetchFailed query={found} />
      <FetchFailed query={chosen} />
    </>
  );
}
