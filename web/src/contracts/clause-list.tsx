import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../ui/tag.js';
import type { Clause } from './contracts.api.js';

export function ClauseList({ clauses }: { clauses: readonly Clause[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ol className="stack">
      {clauses.map((clause) => (
        <li key={clause.key}>
          <div className="row">
            <h3>{clause.title}</h3>
            {clause.standard ? null : <Tag tone="warn">{t('contract.nonStandard')}</Tag>}
          </div>
          <p className="clause-text">{clause.text}</p>
        </li>
      ))}
    </ol>
  );
}
