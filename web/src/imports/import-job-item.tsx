import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { StateTag } from '../ui/state-tag.js';
import { Ago } from '../ui/when.js';
import { ImportErrors } from './import-errors.js';

const COUNTS = ['created', 'updated', 'unchanged', 'invalid'] as const;

function Progress({ job }: { job: ImportJob }): ReactElement | null {
  const { t } = useTranslation();
  if (job.state !== 'RUNNING' && job.state !== 'PENDING') return null;
  return (
    <div className="row">
      <progress
        className="import-progress"
        aria-label={t('imports.progress')}
        max={job.rowsTotal ?? undefined}
        value={job.rowsTotal === null ? undefined : job.rowsRead}
      />
      <span className="small quiet">
        {job.rowsTotal === null
          ? t('imports.rows', { read: job.rowsRead })
          : t('imports.rowsOf', { read: job.rowsRead, total: job.rowsTotal })}
      </span>
    </div>
  );
}

/** One import: how far, what it did, which rows failed and why. */
export function ImportJobItem({ job }: { job: ImportJob }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [open, setOpen] = useState(false);
  return (
    <li className="panel stack">
      <div className="row">
        <span className="strong">{job.fileName}</span>
        <StateTag state={job.state} />
        <span className="small quiet">
          {words('importKind', job.kind)} · <Ago at={job.createdAt} />
        </span>
      </div>
      <Progress job={job} />
      <dl className="import-counts">
        {COUNTS.map((count) => (
          <div key={count}>
            <dt className="small quiet">{t(`imports.count.${count}`)}</dt>
            <dd className={count === 'invalid' && job.invalid > 0 ? 'strong due-late' : 'strong'}>
              {job[count]}
            </dd>
          </div>
        ))}
      </dl>
      {job.failure ? <p className="field-error">{job.failure}</p> : null}
      {job.invalid > 0 ? (
        <div className="row">
          <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? t('imports.hideErrors') : t('imports.showErrors')}
          </Button>
          <a href={`/api/v1/imports/${job.id}/errors.csv`} download>
            {t('imports.download')}
          </a>
        </div>
      ) : null}
      {open ? <ImportErrors jobId={job.id} /> : null}
    </li>
  );
}
