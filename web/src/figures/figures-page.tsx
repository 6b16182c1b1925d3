import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ApprovalFigures } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Figure } from '../ui/figure.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { Counterfactual } from './counterfactual.js';
import { FigureFilters, useFigureFilter } from './figure-filters.js';
import { fetchFigures, GROUPINGS, type FigureChoice, type FigureGroup } from './figures.api.js';
import { GroupTable } from './group-table.js';
import { ItemsSheet } from './items-sheet.js';
import { LazyBarChart } from './lazy-bar-chart.js';
import { useWorkTime } from './work-time.js';
import './figures.css';

type Pick = (title: string, choice: FigureChoice) => void;
/** more bars than this say less; the table has them all */
const MAX_BARS = 12;

/** How long approvals take, where their time goes, and what is behind each figure. */
export function FiguresPage(): ReactElement {
  const { t } = useTranslation();
  const filter = useFigureFilter();
  const by = useUrlFilters().pick('by', GROUPINGS) ?? 'STAGE';
  const [picked, setPicked] = useState<{ title: string; choice: FigureChoice }>();
  const figures = useQuery({
    queryKey: ['figures', filter, by],
    queryFn: () => fetchFigures(filter, by),
    placeholderData: (before) => before,
  });
  const pick: Pick = (title, choice) => setPicked({ title, choice });
  return (
    <>
      <header className="page-head">
        <h1>{t('figures.title')}</h1>
      </header>
      <div className="stack">
        <FigureFilters />
        {figures.data ? (
          figures.data.requests === 0 ? (
            <Empty text={t('figures.none')} />
          ) : (
            <>
              <RatesPanel figures={figures.data} onPick={pick} />
              <Groups figures={figures.data} onPick={pick} />
              <Lost figures={figures.data} onPick={pick} />
              {figures.data.rungs.length > 0 ? (
                <Counterfactual filter={filter} rungs={figures.data.rungs} />
              ) : null}
            </>
          )
        ) : figures.isError ? (
          <Failure error={figures.error} onRetry={() => void figures.refetch()} />
        ) : (
          <Loading rows={10} />
        )}
      </div>
      {picked ? <ItemsSheet filter={filter} {...picked} onClose={() => setPicked(undefined)} /> : null}
    </>
  );
}

interface PartProps {
  figures: ApprovalFigures;
  onPick: Pick;
}

function RatesPanel({ figures, onPick }: PartProps): ReactElement {
  const { t } = useTranslation();
  const { rates } = figures;
  const percent = (value: number | null): string => (value === null ? '—' : `${value} %`);
  const behind = (measure: 'CLOSED' | 'RETURNED' | 'FIRST_PASS' | 'AUTO', value: string): ReactElement => (
    <Button type="link" className="figure-link" onClick={() => onPick(t(`figures.${measure}`), { measure })}>
      {value}
    </Button>
  );
  return (
    <Panel
      title={t('figures.rates')}
      note={figures.truncated ? t('figures.truncated', { n: figures.requests }) : null}
    >
      <dl className="figures">
        <Figure label={t('figures.CLOSED')} value={behind('CLOSED', String(rates.closed))} />
        <Figure label={t('figures.RETURNED')} value={behind('RETURNED', percent(rates.returnPct))} />
        <Figure label={t('figures.FIRST_PASS')} value={behind('FIRST_PASS', percent(rates.firstPassPct))} />
        <Figure label={t('figures.AUTO')} value={behind('AUTO', percent(rates.autoPct))} />
        <Figure label={t('figures.touches')} value={rates.touches === null ? '—' : String(rates.touches)} />
      </dl>
    </Panel>
  );
}

function Groups({ figures, onPick }: PartProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const workTime = useWorkTime();
  const [params] = useSearchParams();
  const by = GROUPINGS.find((known) => known === params.get('by')) ?? 'STAGE';
  const nameOf = ({ key, person }: FigureGroup): string =>
    by === 'PERSON'
      ? (person?.name ?? (key.startsWith('system:') ? t('figures.byTime') : key))
      : serverText(key);
  const linkTo = (name: string): string => {
    const next = new URLSearchParams(params);
    next.set('by', name);
    return `?${next}`;
  };
  const shown = figures.groups.slice(0, MAX_BARS);
  return (
    <Panel title={t('figures.handling')} note={t('figures.workTime')}>
      <nav className="tabs figure-tabs" aria-label={t('figures.grouping')}>
        {GROUPINGS.map((name) => (
          <Link
            key={name}
            to={linkTo(name)}
            replace
            className="tab"
            aria-current={by === name ? 'page' : undefined}
          >
            {t(`figures.by.${name}`)}
          </Link>
        ))}
      </nav>
      {figures.groups.length === 0 ? (
        <Empty text={t('figures.nothing')} />
      ) : (
        <>
          <LazyBarChart
            label={t('figures.handling')}
            categories={shown.map(nameOf)}
            series={[
              { name: t('figures.p50'), color: 'accent', values: shown.map((group) => group.p50Minutes) },
              { name: t('figures.p90'), color: 'chart-soft', values: shown.map((group) => group.p90Minutes) },
              {
                name: t('figures.longest'),
                color: 'chart-warn',
                values: shown.map((group) => group.longestRunningMinutes),
              },
            ]}
            text={workTime}
            onPick={(index, series) => {
              const group = shown[index]!;
              const measure = series === 2 ? 'RUNNING' : 'DECIDED';
              onPick(`${nameOf(group)} · ${t(`figures.${measure}`)}`, { measure, by, key: group.key });
            }}
          />
          <GroupTable by={by} groups={figures.groups} nameOf={nameOf} onPick={onPick} />
        </>
      )}
    </Panel>
  );
}

function Lost({ figures: { lost }, onPick }: PartProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const workTime = useWorkTime();
  const some = lost.filter(({ minutes }) => minutes > 0);
  const pick = (index: number): void => {
    const { cause } = some[index]!;
    onPick(words('waitCause', cause), { measure: 'LOST', cause });
  };
  return (
    <Panel title={t('figures.lost')} note={t('figures.workTime')}>
      {some.length === 0 ? (
        <Empty text={t('figures.nothing')} />
      ) : (
        <>
          <LazyBarChart
            label={t('figures.lost')}
            categories={some.map(({ cause }) => words('waitCause', cause))}
            series={[
              { name: t('figures.lost'), color: 'accent', values: some.map(({ minutes }) => minutes) },
            ]}
            text={workTime}
            onPick={pick}
          />
          <ul className="lost-causes">
            {some.map(({ cause, minutes, requests }, index) => (
              <li key={cause}>
                <Button type="link" size="small" onClick={() => pick(index)}>
                  {t('figures.lostOf', {
                    cause: words('waitCause', cause),
                    time: workTime(minutes),
                    n: requests,
                  })}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
