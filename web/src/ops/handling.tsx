import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpsOverview } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Ago } from '../ui/when.js';

/** Where requests wait and how long each stage takes. */
export function Handling({ overview }: { overview: OpsOverview }): ReactElement | null {
  const { t } = useTranslation();
  const serverText = useServerText();
  const format = useFormat();
  const waiting = new Map(overview.byStage.map((row) => [row.stage, row]));
  const stages = [...new Set([...waiting.keys(), ...overview.handling.map(({ stage }) => stage)])];
  if (stages.length === 0) return null;
  const minutes = (value: number | null | undefined): string =>
    value === null || value === undefined ? '—' : format.duration(value);
  const { rates } = overview;
  const percent = (value: number | null): string => (value === null ? '—' : `${value} %`);
  return (
    <Panel title={t('ops.handling')}>
      {rates.closed > 0 && (
        <p>
          {t('ops.rates', {
            closed: rates.closed,
            returned: percent(rates.returnPct),
            firstPass: percent(rates.firstPassPct),
            auto: percent(rates.autoPct),
            touches: rates.touches ?? '—',
          })}
        </p>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('ops.handling')}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{t('ops.stage')}</th>
              <th scope="col" className="num">
                {t('ops.waiting')}
              </th>
              <th scope="col">{t('ops.oldestWait')}</th>
              <th scope="col" className="num">
                {t('ops.decided')}
              </th>
              <th scope="col" className="num">
                {t('ops.p50')}
              </th>
              <th scope="col" className="num">
                {t('ops.p90')}
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map((stage) => {
              const row = waiting.get(stage);
              const times = overview.handling.find((candidate) => candidate.stage === stage);
              return (
                <tr key={stage}>
                  <td>{serverText(stage)}</td>
                  <td className="num">{row?.count ?? 0}</td>
                  <td>{row?.oldest ? <Ago at={row.oldest} /> : '—'}</td>
                  <td className="num">{times?.decided ?? 0}</td>
                  <td className="num">{minutes(times?.p50Minutes)}</td>
                  <td className="num">{minutes(times?.p90Minutes)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
