import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceListView } from '../api/types.js';

interface ProductPickerProps {
  label: string;
  value: string;
  invalid: boolean;
  prices: PriceListView | undefined;
  onChange: (productId: string) => void;
}

export function ProductPicker({ label, value, invalid, prices, onChange }: ProductPickerProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={value || undefined}
      placeholder={t('editor.productHint')}
      status={invalid ? 'error' : undefined}
      loading={prices === undefined}
      style={{ width: '100%' }}
      options={prices?.items.map(({ productId, sku, name }) => ({
        value: productId,
        label: sku === name ? name : `${name} (${sku})`,
      }))}
      onChange={(next: string) => onChange(next)}
    />
  );
}
