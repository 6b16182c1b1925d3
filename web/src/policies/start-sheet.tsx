import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useCommand } from '../api/intent.js';
import type { PolicyProblem, PolicyView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { ProblemList } from './problem-list.js';
import { isRecord } from './table-model.js';

interface StartSheetProps {
  title: string;
  text: string;
  /** words for "no instant named" */
  atOnce: string;
  /** ISO instant that somebody has already named */
  wanted: string | null;
  run: (validFrom: string | null, key: string) => Promise<PolicyView>;
  onDone: (policy: PolicyView) => void;
  onClose: () => void;
}

const MINUTE_MS = 60_000;

/** For `datetime-local`: the instant on the reader's own clock. */
function localOf(instant: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

/** Hands a draft on, with the instant from which it is to be in force. */
export function StartSheet({
  title,
  text,
  atOnce,
  wanted,
  run,
  onDone,
  onClose,
}: StartSheetProps): ReactElement {
  const { t } = useTranslation();
  const [from, setFrom] = useState(wanted === null ? '' : localOf(wanted));
  const command = useCommand<string | null, PolicyView>({ run, onSuccess: onDone });
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{text}</p>
      <Field label={t('policyReview.validFrom')} hint={atOnce}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <ProblemList problems={problemsOf(command.error)} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={command.isPending}
          onClick={() => command.mutate(from === '' ? null : new Date(from).toISOString())}
        >
          {title}
        </Button>
      </div>
    </Sheet>
  );
}

function problemsOf(error: unknown): PolicyProblem[] {
  const found: unknown = error instanceof ProblemError ? error.problem['problems'] : null;
  return Array.isArray(found) ? (found.filter(isRecord) as unknown as PolicyProblem[]) : [];
}
