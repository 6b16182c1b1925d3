import { Checkbox } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InboxItem } from '../api/types.js';
import { useWords } from '../i18n/two-words.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { StateTag } from '../ui/state-tag.js';
import { Tag, type Tone } from '../ui/tag.js';
import { obstacleOf } from './bulk-choice.js';
import { PoolButton } from './pool-button.js';
import { RetractButton } from './retract-button.js';
import { Ago, Due } from '../ui/when.js';

const FLAG_TONES: Readonly<Record<string, Tone>> = {
  RESUBMITTED: 'warn',
  ESCALATED: 'bad',
  MARGIN_RED: 'bad',
  MARGIN_AMBER: 'warn',
  BELOW_FLOOR: 'bad',
  NON_STANDARD_TEXT: 'warn',
  CREDIT: 'bad',
};

function RowFlags({ item }: { item: InboxItem }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const titles = useWords();
  return (
    <span className="row inbox-flags">
      <Tag>{item.kindTitles ? titles(item.kindTitles) : words('kind', item.kind)}</Tag>
      {item.state === 'PENDING' ? null : <StateTag state={item.state} />}
      {item.copy && item.copy.readAt === null ? <Tag tone="accent">{t('inbox.unread')}</Tag> : null}
      {item.round > 1 ? <Tag tone="warn">{t('inbox.round', { n: item.round })}</Tag> : null}
      {item.flags.map((flag) => (
        <Tag key={flag} tone={FLAG_TONES[flag] ?? 'plain'}>
          {words('flag', flag)}
        </Tag>
      ))}
      {item.reminded > 0 ? <Tag tone="warn">{t('inbox.reminded', { n: item.reminded })}</Tag> : null}
      {item.pool && item.decidedAt === null ? (
        <Tag tone={item.pool.claimedBy ? 'accent' : 'plain'}>
          {item.pool.claimedBy ? t('pool.claimedBy', { name: item.pool.claimedBy.name }) : t('pool.open')}
        </Tag>
      ) : null}
      {item.heldBy && item.decidedAt === null ? (
        <Tag tone="accent">{t('inbox.heldBy', { name: item.heldBy.name })}</Tag>
      ) : item.onBehalfOf ? (
        <Tag tone="accent">{t('inbox.onBehalfOf', { name: item.onBehalfOf.name })}</Tag>
      ) : null}
    </span>
  );
}

function RowWhen({ item }: { item: InboxItem }): ReactElement | null {
  const words = useCodeText();
  if (item.decidedAt) {
    return (
      <span>
        {item.decision ? words('decided', item.decision) : null} <Ago at={item.decidedAt} />
      </span>
    );
  }
  if (item.dueAt) return <Due at={item.dueAt} overdue={item.overdue} />;
  return item.openedAt ? <Ago at={item.openedAt} /> : null;
}

interface InboxRowProps {
  item: InboxItem;
  selected: boolean;
  onSelect: () => void;
  /** rows are being chosen to be answered together */
  pick?: { isChosen: boolean; onToggle: () => void } | undefined;
}

/** Subject, amount, who asks, why me, until when, what was said last. */
export function InboxRow({ item, selected, onSelect, pick }: InboxRowProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const obstacle = obstacleOf(item);
  return (
    <li
      className={`inbox-row${selected ? ' inbox-row-selected' : ''}${pick ? ' inbox-row-picking' : ''}`}
      data-selected={selected || undefined}
    >
      {pick ? (
        <span className="inbox-pick">
          <Checkbox
            aria-label={t('bulk.pick', { title: item.title })}
            checked={pick.isChosen}
            disabled={obstacle !== null}
            onChange={pick.onToggle}
          />
        </span>
      ) : null}
      <Link to={`/requests/${item.requestId}`} className="inbox-link" onFocus={onSelect}>
        <span className="inbox-title strong">{item.title}</span>
        <span className="inbox-amount strong">
          <MoneyText value={item.amount} />
        </span>
        <span className="small quiet inbox-who">
          {t('inbox.asks', { name: item.initiator.name })} · {serverText(item.stage)}
          {item.why ? ` · ${serverText(item.why)}` : ''}
        </span>
        <span className="small inbox-when">
          <RowWhen item={item} />
        </span>
        <RowFlags item={item} />
        {pick && obstacle ? (
          <span className="small quiet inbox-comment">
            {t('bulk.alone', { reason: words('bulk.obstacle', obstacle) })}
          </span>
        ) : null}
        {item.lastComment ? (
          <span className="small quiet inbox-comment">
            {t('inbox.comment', { name: item.lastComment.by.name, text: item.lastComment.text })}
          </span>
        ) : null}
      </Link>
      {pick ? null : <PoolButton item={item} />}
      {pick ? null : <RetractButton item={item} />}
    </li>
  );
}
