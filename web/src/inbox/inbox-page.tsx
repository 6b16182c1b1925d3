import { useMemo, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Button } from 'antd';
import type { DecisionBody, InboxItem } from '../api/types.js';
import { DecisionSheet } from '../requests/decision-sheet.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { useToast } from '../ui/toast.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { useCodeText } from '../i18n/code-text.js';
import { BulkBar } from './bulk-bar.js';
import { useBulkChoice, type BulkChoice } from './bulk-choice.js';
import { FILTERS, InboxChips, InboxFilterBar } from './inbox-filters.js';
import { useInboxKeys, type InboxKeys } from './inbox-keys.js';
import { InboxRow } from './inbox-row.js';
import { InboxTabs } from './inbox-tabs.js';
import { DUES, fetchInbox, inboxKind, TABS, type InboxFilters } from './inbox.api.js';
import { KeysHelp } from './keys-help.js';
import './inbox.css';

const REFRESH_MS = 10_000;

function useFilters(): InboxFilters {
  const url = useUrlFilters();
  return {
    tab: url.pick('tab', TABS) ?? 'todo',
    kind: inboxKind(url.get('kind')),
    due: url.pick('due', DUES),
    minAmount: url.get('minAmount'),
    maxAmount: url.get('maxAmount'),
    search: url.get('search'),
  };
}

interface Deciding {
  item: InboxItem;
  action: DecisionBody['action'];
}

export function InboxPage(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const navigate = useNavigate();
  const toast = useToast();
  const filters = useFilters();
  const { items, query } = usePaged<InboxItem>({
    key: ['inbox', filters],
    load: (cursor) => fetchInbox(filters, cursor),
    refreshMs: REFRESH_MS,
  });
  const [index, setIndex] = useState(0);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [help, setHelp] = useState(false);
  const choice = useBulkChoice();
  const picking = filters.tab === 'todo' && choice.isOn ? choice : null;
  const selected = Math.min(index, Math.max(items.length - 1, 0));
  const keys = useMemo<InboxKeys>(() => {
    const current = items[selected];
    return {
      move: (step) => setIndex(Math.min(Math.max(selected + step, 0), Math.max(items.length - 1, 0))),
      open: () => {
        if (current) void navigate(`/requests/${current.requestId}`);
      },
      decide: (action) => {
        if (current?.seatId && !current.decidedAt && !current.heldBy) setDeciding({ item: current, action });
      },
      help: () => setHelp(true),
    };
  }, [items, selected, navigate]);
  useInboxKeys(keys);
  return (
    <>
      <header className="page-head">
        <h1>{t('inbox.title')}</h1>
        <InboxTabs tab={filters.tab} />
        <div className="page-head-actions">
          {filters.tab === 'todo' && !choice.isOn && items.length > 1 ? (
            <Button size="small" onClick={choice.start}>
              {t('bulk.start')}
            </Button>
          ) : null}
          <Button size="small" className="keyboard-only" onClick={() => setHelp(true)}>
            {t('keys.open')} <kbd>?</kbd>
          </Button>
        </div>
      </header>
      <div className="stack">
        <InboxFilterBar />
        <InboxChips />
        {picking ? <BulkBar shown={items} hasMore={query.hasNextPage} choice={picking} /> : null}
        <InboxList
          filters={filters}
          items={items}
          query={query}
          selected={selected}
          onSelect={setIndex}
          picking={picking}
        />
      </div>
      {help ? <KeysHelp onClose={() => setHelp(false)} /> : null}
      {deciding ? (
        <DecisionSheet
          requestId={deciding.item.requestId}
          action={deciding.action}
          onClose={() => setDeciding(null)}
          onDecided={({ requestState }) => {
            toast(
              t('inbox.decided', { action: words('decided', deciding.action), title: deciding.item.title }),
              deciding.action === 'APPROVE' && requestState === 'PENDING'
                ? { to: `/requests/${deciding.item.requestId}`, label: t('request.other.RETRACT.button') }
                : undefined,
            );
            setDeciding(null);
          }}
        />
      ) : null}
    </>
  );
}

interface InboxListProps {
  filters: InboxFilters;
  items: InboxItem[];
  query: ReturnType<typeof usePaged<InboxItem>>['query'];
  selected: number;
  onSelect: (index: number) => void;
  picking: BulkChoice | null;
}

function InboxList(props: InboxListProps): ReactElement {
  const { filters, items, query, selected, onSelect, picking } = props;
  const { t } = useTranslation();
  if (query.isPending) return <Loading rows={8} />;
  if (query.isError && items.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  const filtered = FILTERS.some((name) => filters[name]);
  if (items.length === 0) {
    return (
      <Empty text={filtered ? t('inbox.emptyFiltered') : t(`inbox.empty.${filters.tab}`)}>
        <Link to={filtered ? `/inbox?tab=${filters.tab}` : '/quotes'}>
          {filtered ? t('filters.clearAll') : t('inbox.toQuotes')}
        </Link>
      </Empty>
    );
  }
  return (
    <>
      <ul className="inbox-list" aria-label={t('inbox.list')}>
        {items.map((item, position) => (
          <InboxRow
            key={`${item.requestId}/${item.seatId ?? ''}`}
            item={item}
            selected={position === selected}
            onSelect={() => onSelect(position)}
            pick={picking ? { isChosen: picking.has(item), onToggle: () => picking.toggle(item) } : undefined}
          />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
