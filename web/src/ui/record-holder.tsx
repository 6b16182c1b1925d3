import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolderChip as Holder, PersonRef } from '../api/types.js';
import { HolderChip } from './holder-chip.js';
import { Ago, DateText } from './when.js';

interface RecordHolderProps {
  kind: 'quote' | 'contract';
  record: {
    state: string;
    owner: PersonRef;
    holder: Holder | null;
    updatedAt: string;
    validUntil?: string | null;
  };
}

/** Who a record waits for: the approval's holders, else whoever its state leaves the next step to. */
export function RecordHolder({ kind, record }: RecordHolderProps): ReactElement | null {
  const { t, i18n } = useTranslation();
  if (record.holder) return <HolderChip holder={record.holder} />;
  const key = `waits.${kind}.${record.state}`;
  if (!i18n.exists(key)) return null;
  return (
    <span className="holder">
      <span className="strong">{String(i18n.t(key as never, { owner: record.owner.name } as never))}</span>
      <span>
        {t('holder.since')} <Ago at={record.updatedAt} />
      </span>
      {record.state === 'SENT' && record.validUntil ? (
        <span>
          {t('quote.validUntil')} <DateText on={record.validUntil} />
        </span>
      ) : null}
    </span>
  );
}
