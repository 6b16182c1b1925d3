import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ImportJob, ImportKind } from '../api/types.js';
import { Fetched } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { fetchImportKinds, startImport, type StartImport } from './imports.api.js';

export function ImportForm(): ReactElement {
  const { t } = useTranslation();
  const kinds = useQuery({ queryKey: ['catalogue', 'import-kinds'], queryFn: fetchImportKinds });
  return (
    <Panel title={t('imports.start')}>
      <Fetched query={kinds}>{(allowed) => <FileForm kinds={allowed} />}</Fetched>
    </Panel>
  );
}

function FileForm({ kinds }: { kinds: readonly ImportKind[] }): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'accounts');
  const [file, setFile] = useState<File | null>(null);
  const command = useCommand<StartImport, ImportJob>({ run: startImport });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) command.mutate({ kind, file, modified: file.lastModified });
  };
  return (
    <>
      <form className="filters" onSubmit={submit}>
        <Field label={t('imports.kind')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={kind}
              onChange={(event) => setKind(event.target.value as ImportKind)}
            >
              {kinds.map((name) => (
                <option key={name} value={name}>
                  {t(`imports.kinds.${name}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('imports.file')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="file"
              accept=".csv,text/csv"
              required
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          )}
        </Field>
        <Button type="primary" htmlType="submit" disabled={!file} loading={command.isPending}>
          {t('imports.run')}
        </Button>
      </form>
      <p className="small quiet">{t(`imports.columns.${kind}`)}</p>
      <ProblemNote error={command.error} />
    </>
  );
}
