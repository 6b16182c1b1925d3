import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { DeliveryQueued, DeliveryView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { useToast } from '../ui/toast.js';
import { Ago } from '../ui/when.js';
import { isOver, replayDelivery } from './deliveries.api.js';
import { DELIVERY_TONE, DeliveryWord } from './delivery-word.js';

/** One message: to whom, about what, how it went, and sending it again. */
export function DeliveryRow({ delivery }: { delivery: DeliveryView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const may = useMay();
  const toast = useToast();
  const { id, channel, endpoint, kind, person, number, requestId, state, attempts } = delivery;
  const command = useCommand<string, DeliveryQueued>({
    run: replayDelivery,
    onSuccess: () => toast(t('deliveries.replayed')),
  });
  return (
    <li className="log-item" aria-label={`${words('noticeKind', kind)} ${endpoint.name}`}>
      <div className="row">
        <Tag tone={DELIVERY_TONE[state]}>{words('deliveryState', state)}</Tag>
        <span className="strong">{words('noticeKind', kind)}</span>
        <span>{channel === 'MAIL' ? t('channels.kind.MAIL') : endpoint.name}</span>
        {person ? <span className="quiet">{person.name}</span> : null}
        {requestId ? <Link to={`/requests/${requestId}`}>{number ?? t('deliveries.request')}</Link> : null}
        <span className="small quiet log-when">
          <Ago at={delivery.createdAt} />
        </span>
      </div>
      <div className="row small">
        <span className="quiet">{t('deliveries.attempts', { n: attempts })}</span>
        <DeliveryWord delivery={delivery} />
        {isOver(delivery) && may('ops:act') ? (
          <Button
            size="small"
            className="log-when"
            loading={command.isPending}
            onClick={() => command.mutate(id)}
          >
            {t('deliveries.replay')}
          </Button>
        ) : null}
      </div>
      <ProblemNote error={command.error} />
    </li>
  );
}
