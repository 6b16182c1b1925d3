import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { useDealFilter } from './deal-filters.js';
import { fetchStageTimes } from './opportunities.api.js';
import { stageKeys, usePipelines, useStageName } from './pipelines.js';

const DAYS = 90;

/** How long deals stay at each stage before they leave it (D5). */
export function TimesPane(): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const stageName = useStageName();
  const url = useUrlFilters();
  const { pipeline, owner } = useDealFilter();
  const order = stageKeys(usePipelines().find(({ key }) => key === pipeline));
  const since = url.get('since') ?? dayFromNow(-DAYS);
  const times = useQuery({
    queryKey: ['opportunities', 'stage-times', since, pipeline, owner],
    queryFn: () => fetchStageTimes(since, pipeline, owner),
  });
  const rows = [...(times.data ?? [])].sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
  const days = (hours: number): string => format.decimal((hours / 24).toFixed(1));
  return (
    <Panel title={t('pipe.views.times')} note={t('pipe.timesNote')}>
      <div className="filters">
        <Field label={t('pipe.sinceDate')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              max={dayFromNow(0)}
              value={since}
              onChange={(event) => url.set({ since: event.target.value })}
            />
          )}
        </Field>
      </div>
      {times.isPending ? (
        <Loading rows={6} />
      ) : times.isError ? (
        <Failure error={times.error} onRetry={() => void times.refetch()} />
      ) : rows.length === 0 ? (
        <Empty text={t('pipe.noTimes')} />
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t('pipe.views.times')}>
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{t('pipe.stage')}</th>
                {(['left', 'median', 'p90', 'wentBack'] as const).map((name) => (
                  <th key={name} scope="col" className="num">
                    {t(`pipe.times.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ stage, left, medianHours, p90Hours, wentBack }) => (
                <tr key={stage}>
                  <td>{stageName(pipeline, stage)}</td>
                  <td className="num">{left}</td>
                  <td className="num">{days(medianHours)}</td>
                  <td className="num">{days(p90Hours)}</td>
                  <td className="num">{wentBack}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
