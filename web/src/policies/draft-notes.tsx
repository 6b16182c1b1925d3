import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import type { PolicyView } from '../api/types.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { SaveConflict } from './save-conflict.js';
import type { DraftEditing } from './use-draft-editing.js';

type Draft = NonNullable<PolicyView['draft']>;

/** Why it changes, who wrote it, from when it is wanted, what the reviewer said. */
export function DraftFacts({ draft }: { draft: Draft }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <p>
        {draft.note}{' '}
        <span className="small quiet">
          {t('policyReview.by', { names: draft.authors.map(({ name }) => name).join(t('app.separator')) })}
        </span>
      </p>
      {draft.wantedFrom ? (
        <p className="small quiet">
          {t('policyReview.wanted')} <Instant at={draft.wantedFrom} />
        </p>
      ) : null}
      {draft.reviewReason ? (
        <div className="note tone-warn">
          <div className="note-text">
            <p className="strong">{t('policyReview.sentBack', { name: draft.reviewedBy?.name ?? '' })}</p>
            <p>{draft.reviewReason}</p>
          </div>
        </div>
      ) : null}
    </>
  );
}

/** What the linter counts, and what stands against saving. */
export function EditingNotes({ id, editing }: { id: string; editing: DraftEditing }): ReactElement {
  const { t } = useTranslation();
  const stale = editing.error instanceof ProblemError && editing.error.status === 412;
  return (
    <>
      {editing.findings ? (
        <p className="row" role="status">
          <Tag tone={editing.findings.errors > 0 ? 'bad' : 'good'}>
            {t('policyLint.errors', { n: editing.findings.errors })}
          </Tag>
          <Tag tone={editing.findings.warnings > 0 ? 'warn' : 'plain'}>
            {t('policyLint.warnings', { n: editing.findings.warnings })}
          </Tag>
          {editing.dirty ? <span className="small quiet">{t('policyEdit.unsaved')}</span> : null}
        </p>
      ) : null}
      {stale ? <SaveConflict id={id} editing={editing} /> : <ProblemNote error={editing.error} />}
    </>
  );
}

interface BaseMovedProps {
  newest: PolicyView;
  editing: DraftEditing | null;
}

/** A newer version was approved after this draft was begun: what it changed must not be undone unseen. */
export function BaseMoved({ newest, editing }: BaseMovedProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="note tone-warn" role="alert">
      <div className="note-text">
        <p className="strong">{t('policyEdit.baseMoved', { n: newest.version })}</p>
        <p className="small">{t('policyEdit.baseMovedText', { n: newest.version })}</p>
      </div>
      {editing ? (
        <Button loading={editing.saving} onClick={() => void editing.save(newest.id)}>
          {t('policyEdit.takenOver', { n: newest.version })}
        </Button>
      ) : null}
    </div>
  );
}
