import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { ProblemNote } from '../ui/problem-note.js';
import { fetchDelivery, isOver } from './deliveries.api.js';
import { DELIVERY_TONE, DeliveryWord } from './delivery-word.js';

const LOOK_AGAIN_MS = 1_000;

/** What became of a test message: the answer of the other side as soon as it is there. */
export function ChannelTest({ deliveryId }: { deliveryId: string }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const { data, error } = useQuery({
    queryKey: ['deliveries', deliveryId],
    queryFn: () => fetchDelivery(deliveryId),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : LOOK_AGAIN_MS),
  });
  if (error) return <ProblemNote error={error} />;
  const over = data !== undefined && isOver(data);
  return (
    <div className={`note tone-${over ? DELIVERY_TONE[data.state] : 'plain'}`} role="status">
      <span className="strong">
        {over ? t('channels.tested', { state: words('deliveryState', data.state) }) : t('channels.testing')}
      </span>
      {over ? <DeliveryWord delivery={data} /> : null}
    </div>
  );
}
