import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureChoice, FigureGroup, Grouping } from './figures.api.js';
import { useWorkTime } from './work-time.js';

interface GroupTableProps {
  by: Grouping;
  groups: readonly FigureGroup[];
  nameOf: (group: FigureGroup) => string;
  onPick: (title: string, choice: FigureChoice) => void;
}

/** Every number of every group; a count leads to what it counts. */
export function GroupTable({ by, groups, nameOf, onPick }: GroupTableProps): ReactElement {
  const { t } = useTranslation();
  const workTime = useWorkTime();
  const percent = (value: number | null): string => (value === null ? '—' : `${value} %`);
  const count = (group: FigureGroup, n: number, measure: 'DECIDED' | 'RUNNING' | 'SENT_BACK') =>
    n === 0 ? (
      '0'
    ) : (
      <Button
        type="link"
        size="small"
        onClick={() =>
          onPick(`${nameOf(group)} · ${t(`figures.${measure}`)}`, { measure, by, key: group.key })
        }
      >
        {n}
      </Button>
    );
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t(`figures.by.${by}`)}>
      <table className="grid-table figure-table">
        <thead>
          <tr>
            <th scope="col">{t(`figures.by.${by}`)}</th>
            {(
              [
                'DECIDED',
                'RUNNING',
                'p50',
                'p90',
                'longest',
                'SENT_BACK',
                'returnPct',
                'firstPassPct',
                'autoPct',
                'touches',
              ] as const
            ).map((name) => (
              <th key={name} scope="col" className="num">
                {t(`figures.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{nameOf(group)}</th>
              <td className="num">{count(group, group.decided, 'DECIDED')}</td>
              <td className="num">{count(group, group.running, 'RUNNING')}</td>
              <td className="num">{workTime(group.p50Minutes)}</td>
              <td className="num">{workTime(group.p90Minutes)}</td>
              <td className="num">{workTime(group.longestRunningMinutes)}</td>
              <td className="num">{count(group, group.returned, 'SENT_BACK')}</td>
              <td className="num">{percent(group.returnPct)}</td>
              <td className="num">{percent(group.firstPassPct)}</td>
              <td className="num">{percent(group.autoPct)}</td>
              <td className="num">{group.touches ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
