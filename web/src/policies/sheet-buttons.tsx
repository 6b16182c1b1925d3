import { Button } from 'antd';
import { useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { PolicyView } from '../api/types.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { importSheet } from './drafts.api.js';
import { isRecord } from './table-model.js';

/** A file says nothing of itself in JSON: what tells it from another one is beside it. */
interface Upload {
  file: File;
  name: string;
  size: number;
  changedAt: number;
}

interface SheetButtonsProps {
  policy: PolicyView;
  /** whether the reader may write the draft, and has nothing unsaved */
  writable: boolean;
}

/** The table as a workbook, out and in. What an import would lose is saved first. */
export function SheetButtons({ policy, writable }: SheetButtonsProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const command = useCommand<Upload, PolicyView>({
    run: ({ file }, key) =>
      importSheet({ id: policy.id, rowVersion: policy.draft?.rowVersion ?? 0 }, file, key),
    onSuccess: () => toast(t('policySheet.imported')),
  });
  return (
    <>
      <div className="row policy-tools">
        <Button href={`/api/v1/policies/${policy.id}/table.xlsx`} download>
          {t('policySheet.export')}
        </Button>
        {policy.draft && writable ? (
          <>
            <Button loading={command.isPending} onClick={() => input.current?.click()}>
              {t('policySheet.import')}
            </Button>
            <input
              ref={input}
              type="file"
              accept=".xlsx"
              hidden
              aria-label={t('policySheet.import')}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                event.target.value = '';
                if (file)
                  command.mutate({ file, name: file.name, size: file.size, changedAt: file.lastModified });
              }}
            />
          </>
        ) : null}
      </div>
      <ProblemNote error={command.error} />
      <SheetProblems error={command.error} />
    </>
  );
}

function SheetProblems({ error }: { error: unknown }): ReactElement | null {
  const { i18n } = useTranslation();
  const found: unknown = error instanceof ProblemError ? error.problem['problems'] : null;
  if (!Array.isArray(found)) return null;
  return (
    <ul className="policy-problems">
      {found.filter(isRecord).map(({ at, code, message, messageZh }) => (
        <li key={`${String(at)}${String(code)}`} className="row">
          <span className="code">{String(at)}</span>
          <span>{String(i18n.language === 'en' ? message : messageZh)}</span>
        </li>
      ))}
    </ul>
  );
}
