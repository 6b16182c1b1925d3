import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { BoardView, OpportunityView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { DealCard } from './deal-card.js';
import { useDealFilter } from './deal-filters.js';
import { MoveSheet } from './move-sheet.js';
import { fetchBoard } from './opportunities.api.js';
import { useStageName } from './pipelines.js';

const REFRESH_MS = 30_000;
type Column = BoardView['columns'][number];

interface Moving {
  dealId: string;
  to?: string;
}

/** Stages side by side with their sums; a deal is dragged, or moved by its menu, and the move asks for what it lacks. */
export function Board(): ReactElement {
  const { sort: _, stage: __, closedSince: ___, ...filter } = useDealFilter();
  const [moving, setMoving] = useState<Moving>();
  const board = useQuery({
    queryKey: ['opportunities', 'board', filter],
    queryFn: () => fetchBoard(filter),
    placeholderData: (before) => before,
    refetchInterval: REFRESH_MS,
  });
  if (!board.data)
    return board.isError ? (
      <Failure error={board.error} onRetry={() => void board.refetch()} />
    ) : (
      <Loading rows={10} />
    );
  return (
    <>
      <div className="board">
        {board.data.columns.map((column) => (
          <BoardColumn
            key={column.stage}
            pipeline={board.data.pipeline}
            closedSince={board.data.closedSince}
            column={column}
            onMove={(deal) => setMoving({ dealId: deal.id })}
            onDrop={(dealId) => setMoving({ dealId, to: column.stage })}
          />
        ))}
      </div>
      {moving ? <MoveSheet {...moving} onClose={() => setMoving(undefined)} /> : null}
    </>
  );
}

interface BoardColumnProps {
  pipeline: string;
  closedSince: string;
  column: Column;
  onMove: (deal: OpportunityView) => void;
  onDrop: (dealId: string) => void;
}

function BoardColumn({ pipeline, closedSince, column, onMove, onDrop }: BoardColumnProps): ReactElement {
  const { t } = useTranslation();
  const stageName = useStageName();
  const format = useFormat();
  const [over, setOver] = useState(false);
  const name = stageName(pipeline, column.stage);
  const [params] = useSearchParams();
  const rest = column.count - column.items.length;
  return (
    <section
      className={over ? 'board-column board-over' : 'board-column'}
      aria-label={name}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('text/deal')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const dealId = event.dataTransfer.getData('text/deal');
        if (dealId !== '' && !column.items.some(({ id }) => id === dealId)) onDrop(dealId);
      }}
    >
      <header>
        <h2>{name}</h2>
        <span className="small quiet num">{t('pipe.deals', { count: column.count })}</span>
        {column.sums.map(({ amount, weighted }) => (
          <span key={amount.currency} className="small board-sum">
            <MoneyText value={amount} />
            <span className="quiet num">{t('pipe.weighted', { amount: format.money(weighted) })}</span>
          </span>
        ))}
      </header>
      {column.items.length === 0 ? <p className="small quiet">{t('pipe.emptyColumn')}</p> : null}
      {column.items.map((deal) => (
        <DealCard key={deal.id} deal={deal} onMove={onMove} />
      ))}
      {rest > 0 ? (
        <Link to={listOf(params, column.stage, closedSince)} className="small">
          {t('pipe.more')} (+{rest})
        </Link>
      ) : null}
    </section>
  );
}

/** The list of what a column holds: filtered as the board is. */
function listOf(params: URLSearchParams, stage: string, closedSince: string): string {
  const list = new URLSearchParams(params);
  list.set('view', 'list');
  list.set('stage', stage);
  list.set('sort', 'worth');
  if (stage === 'WON' || stage === 'LOST') list.set('closedSince', closedSince);
  return `?${list}`;
}
