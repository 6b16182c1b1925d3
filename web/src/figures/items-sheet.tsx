import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useServerText } from '../i18n/server-text.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Sheet } from '../ui/sheet.js';
import { fetchFigureItems, type FigureChoice, type FigureFilter } from './figures.api.js';
import { useWorkTime } from './work-time.js';

interface ItemsSheetProps {
  title: string;
  filter: FigureFilter;
  choice: FigureChoice;
  onClose: () => void;
}

/** The requests behind a figure, the longest first. */
export function ItemsSheet({ title, filter, choice, onClose }: ItemsSheetProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const workTime = useWorkTime();
  const found = useQuery({
    queryKey: ['figures', 'items', filter, choice],
    queryFn: () => fetchFigureItems(filter, choice),
  });
  return (
    <Sheet title={title} onClose={onClose}>
      {found.isPending ? (
        <Loading rows={5} />
      ) : found.isError ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.items.length === 0 ? (
        <Empty text={t('figures.nothing')} />
      ) : (
        <>
          <ul className="figure-items">
            {found.data.items.map((item, index) => (
              <li key={`${item.requestId}/${index}`} className="figure-item">
                <span>
                  <Link to={`/requests/${item.requestId}`}>{item.title}</Link>
                  <span className="small quiet figure-item-what">
                    {[item.number, item.stage && serverText(item.stage), item.person?.name]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className="num">
                  {workTime(item.minutes)}
                  {item.at === null ? (
                    <span className="small quiet figure-item-what">{t('figures.running')}</span>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
          {found.data.total > found.data.items.length ? (
            <p className="small quiet">
              {t('figures.more', { shown: found.data.items.length, total: found.data.total })}
            </p>
          ) : null}
        </>
      )}
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.close')}</Button>
      </div>
    </Sheet>
  );
}
