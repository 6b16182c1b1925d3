import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NotificationView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Tag } from '../ui/tag.js';
import { Ago } from '../ui/when.js';
import { placeOf } from './notifications.api.js';

/** One thing one was told: what, about what, by whom and when. What is not read yet says so in a word. */
export function NotificationItem({ notification }: { notification: NotificationView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const { kind, number, title, count, detail, by, at, readAt } = notification;
  const said = detail === null ? null : toldOf(words, detail);
  return (
    <li className="log-item">
      <span className="row">
        <span className="strong">{words('noticeKind', kind)}</span>
        {readAt === null ? <Tag tone="accent">{t('notifications.new')}</Tag> : null}
        <span className="small quiet log-when">
          <Ago at={at} />
        </span>
      </span>
      <span className="log-what">
        <Link to={placeOf(notification)}>{title.includes(number) ? title : `${number} · ${title}`}</Link>
        {count > 1 ? <span className="quiet">{` ${t('notifications.more', { total: count })}`}</span> : null}
      </span>
      {said || by ? (
        <span className="small quiet">{[said, by?.name].filter(Boolean).join(' · ')}</span>
      ) : null}
    </li>
  );
}

/** The state a thing came to, or why it is over. */
function toldOf(words: ReturnType<typeof useCodeText>, detail: string): string {
  const state = words('state', detail);
  return state === detail ? words('seatCode', detail) : state;
}
