import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../api/session.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { Board } from './board.js';
import { BridgePane } from './bridge-pane.js';
import { DealFilters } from './deal-filters.js';
import { DealList } from './deal-list.js';
import { NewDealSheet } from './new-deal-sheet.js';
import { TimesPane } from './times-pane.js';
import './opportunities.css';

const VIEWS = ['board', 'list', 'changes', 'times'] as const;
const PANES = { board: Board, list: DealList, changes: BridgePane, times: TimesPane };

/** What moves, what is stuck, what is next: the pipeline as a board, a list, what changed in it, and how long stages take. */
export function PipelinePage(): ReactElement {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const view = useUrlFilters().pick('view', VIEWS) ?? 'board';
  const Pane = PANES[view];
  const session = useSession();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const linkTo = (name: string): string => {
    const next = new URLSearchParams(params);
    next.set('view', name);
    return `?${next}`;
  };
  return (
    <>
      <header className="page-head">
        <h1>{t('pipe.title')}</h1>
        <nav className="tabs" aria-label={t('pipe.view')}>
          {VIEWS.map((name) => (
            <Link
              key={name}
              to={linkTo(name)}
              className="tab"
              aria-current={view === name ? 'page' : undefined}
            >
              {t(`pipe.views.${name}`)}
            </Link>
          ))}
        </nav>
        {session.data?.permissions.includes('opportunity:write') ? (
          <div className="page-head-actions">
            <Button type="primary" onClick={() => setCreating(true)}>
              {t('pipe.new')}
            </Button>
          </div>
        ) : null}
      </header>
      <div className="stack">
        <DealFilters view={view} />
        <Pane />
      </div>
      {creating ? (
        <NewDealSheet
          onClose={() => setCreating(false)}
          onDone={({ id }) => void navigate(`/opportunities/${id}`)}
        />
      ) : null}
    </>
  );
}
