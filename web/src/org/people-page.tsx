import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { Absences } from './absences.js';
import { fetchUnits } from './org.api.js';
import { PeopleList } from './people-list.js';
import { UnitTree } from './unit-tree.js';
import './org.css';

export function PeoplePage(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const units = useQuery({ queryKey: ['catalogue', 'units'], queryFn: fetchUnits });
  return (
    <>
      <header className="page-head">
        <h1>{t('people.title')}</h1>
      </header>
      <div className="columns">
        <div className="stack">
          <Panel title={t('people.tree')}>
            {units.data ? (
              units.data.length === 0 ? (
                <Empty text={t('people.noUnits')} />
              ) : (
                <UnitTree units={units.data} />
              )
            ) : units.isError ? (
              <Failure error={units.error} onRetry={() => void units.refetch()} />
            ) : (
              <Loading rows={6} />
            )}
          </Panel>
          <PeopleList />
        </div>
        <div className="stack">{may('absence:write') ? <Absences /> : null}</div>
      </div>
    </>
  );
}
