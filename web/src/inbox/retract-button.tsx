import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { retract } from '../requests/requests.api.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';

/** Takes the own approval back while its window is open and nobody has decided since. */
export function RetractButton({ item }: { item: InboxItem }): ReactElement | null {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { seatId, seatVersion, retractUntil } = item;
  if (seatId === null || seatVersion === null || retractUntil === null) return null;
  return (
    <div className="inbox-act">
      <Button
        size="small"
        aria-label={`${t('request.other.RETRACT.button')}: ${item.title}`}
        onClick={() => setAsking(true)}
      >
        {t('request.other.RETRACT.button')}
      </Button>
      {asking ? (
        <ReasonSheet
          title={t('request.other.RETRACT.button')}
          text={t('request.other.RETRACT.text', { until: format.instant(retractUntil) })}
          asks="OPTIONAL"
          run={(reason, key) =>
            retract(
              { seatId, body: { expectedSeatVersion: seatVersion, ...(reason ? { reason } : {}) } },
              key,
            )
          }
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            toast(t('request.other.RETRACT.done'));
          }}
        />
      ) : null}
    </div>
  );
}
