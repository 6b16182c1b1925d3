import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { Fetched } from '../ui/fetched.js';
import { ChangeList, useChangeLines } from './change-lines.js';
import { useColumnTitle } from './column-title.js';
import { merged } from './merge-model.js';
import { fetchPolicy } from './policies.api.js';
import { readTable } from './table-model.js';
import type { DraftEditing } from './use-draft-editing.js';

interface SaveConflictProps {
  id: string;
  editing: DraftEditing;
}

/** Somebody saved this draft meanwhile: both sides are shown, and nothing typed is lost before the person has chosen. */
export function SaveConflict({ id, editing }: SaveConflictProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const titleOf = useColumnTitle();
  const stored = useQuery({
    queryKey: ['policy-conflict', id],
    queryFn: () => fetchPolicy(id),
    gcTime: 0,
  });
  const { data } = stored;
  const { begunFrom, content } = editing;
  const mine = useChangeLines(begunFrom, content);
  const theirs = useChangeLines(begunFrom, data?.content ?? begunFrom);
  const merge = useMemo(
    () => (data ? merged(begunFrom, content, data.content) : null),
    [data, begunFrom, content],
  );
  const table = readTable(content);
  const placeOf = (path: readonly string[]): string => {
    const row = table?.rows.findIndex((one) => path.includes(one['_id'] ?? '')) ?? -1;
    if (row < 0) return path.map((part) => words('policyField', part)).join(' · ');
    const column = table?.columns.find(({ id: columnId }) => columnId === path.at(-1));
    if (!column) return t('policyEdit.row', { n: row + 1 });
    return t('policyEdit.cell', { n: row + 1, column: titleOf(column) });
  };
  const both = merge?.conflicts.map(placeOf) ?? [];
  return (
    <section className="note tone-warn policy-conflict" role="alert" aria-label={t('policyEdit.conflict')}>
      <div className="note-text">
        <p className="strong">{t('policyEdit.conflict')}</p>
        <p>{t('policyEdit.conflictText')}</p>
        <div className="policy-sides">
          <div>
            <h3>{t('policyEdit.conflictTheirs')}</h3>
            <Fetched query={stored}>{() => <ChangeList lines={theirs} />}</Fetched>
          </div>
          <div>
            <h3>{t('policyEdit.conflictMine')}</h3>
            <ChangeList lines={mine} />
          </div>
        </div>
        {both.length > 0 ? (
          <p className="strong">{t('policyEdit.conflictBoth', { places: both.join(t('app.separator')) })}</p>
        ) : null}
        <div className="row policy-tools">
          <Button
            type="primary"
            disabled={!data || !merge}
            onClick={() => data && merge && editing.rebase(data, merge.content)}
          >
            {t('policyEdit.merge')}
          </Button>
          <Button disabled={!data} onClick={() => data && editing.rebase(data, content)}>
            {t('policyEdit.overwrite')}
          </Button>
          <Button disabled={!data} danger onClick={() => data && editing.rebase(data, data.content)}>
            {t('policyEdit.discardMine')}
          </Button>
        </div>
      </div>
    </section>
  );
}
