import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemList } from './problem-list.js';
import { isRecord } from './table-model.js';
import { useEditing, type DraftEditing } from './use-draft-editing.js';

const wordsOf = (content: unknown): string => JSON.stringify(content, null, 2);

export function RawPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const editing = useEditing();
  return (
    <Panel title={t('policy.tab.raw')}>
      {editing ? (
        <RawEditor
          editing={editing}
          label={t(kindOfPolicy(policy.kind) === null ? 'policyEdit.parameters' : 'kinds.json')}
        />
      ) : (
        <pre className="code policy-raw">{wordsOf(policy.content)}</pre>
      )}
    </Panel>
  );
}

/** Parameters or a request kind as text; taken over as soon as it can be read. */
function RawEditor({ editing, label }: { editing: DraftEditing; label: string }): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const type = (text: string): void => {
    try {
      const content: unknown = JSON.parse(text);
      if (!isRecord(content)) throw new SyntaxError('not a record');
      editing.change(content);
      setTyped(null);
    } catch {
      setTyped(text);
    }
  };
  return (
    <>
      <Field label={label} error={typed === null ? undefined : t('policyEdit.unreadable')}>
        {(control) => (
          <textarea
            {...control}
            className="input code policy-raw-input"
            rows={20}
            value={typed ?? wordsOf(editing.content)}
            onChange={(event) => type(event.target.value)}
          />
        )}
      </Field>
      <ProblemList problems={editing.findings?.problems ?? []} />
    </>
  );
}
