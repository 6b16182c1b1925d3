import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractVersionView, ProposedChange } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFieldErrors } from '../quotes/field-errors.js';
import { InstalmentsEditor } from '../quotes/instalments-editor.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { Sheet } from '../ui/sheet.js';
import { StaleChoice } from '../ui/stale-choice.js';
import { NUMBERS, saidBy, typedOf, wrongNumbers, type TypedChange } from './change-model.js';
import { ChangedLines } from './changed-lines.js';
import { sayChange, type Proposal } from './changes.api.js';
import { ClauseFields } from './clause-fields.js';

interface ProposeChangeProps {
  contractId: string;
  /** what was in force when it was opened: what stays as it is there is not part of the change */
  now: ContractVersionView;
  /** the change that is rewritten, as it was then; left out: a new one */
  draft?: ContractVersionView;
  /** what it is written from, as last read */
  latest: ContractVersionView | undefined;
  onClose: () => void;
}

/** A change of a contract in force: what is left as it stands is not part of it. */
export function ProposeChange({ contractId, now, draft, latest, onClose }: ProposeChangeProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [kind, setKind] = useState<ProposedChange['kind']>(
    draft?.kind === 'TERMINATION' ? 'TERMINATION' : 'AMENDMENT',
  );
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [on, setOn] = useState(draft?.terminatesOn ?? '');
  const [typed, setTyped] = useState(() => typedOf(draft ?? now));
  const [tried, setTried] = useState(false);
  const command = useCommand<Proposal, unknown>({ run: sayChange, onSuccess: onClose });
  const change = (changes: Partial<TypedChange>): void => setTyped((before) => ({ ...before, ...changes }));
  const { lines, numbers, instalments, clauses } = typed;
  const ends = kind === 'TERMINATION';
  const wrong = ends ? [] : wrongNumbers(typed);
  const refusedAt = useFieldErrors(command.error, []);
  const errorAt = (pointer: string): string | undefined =>
    tried && wrong.includes(pointer) ? t('rule.IS_INT') : refusedAt(pointer);
  const said = ends ? { terminatesOn: on } : saidBy(typed, now);
  const says = ends ? on !== '' : Object.keys(said).length > 0;
  const send = ({ textHash: basedOn }: ContractVersionView): void => {
    setTried(true);
    if (wrong.length > 0) return;
    command.mutate({
      id: contractId,
      version: draft?.version ?? null,
      body: { kind, reason: reason.trim(), basedOn, ...said },
    });
  };
  const title = t(draft ? 'contractChange.edit' : 'contractChange.propose');
  return (
    <Sheet title={title} onClose={onClose}>
      <Field label={t('contractChange.kind')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={kind}
            disabled={draft !== undefined}
            onChange={(event) => setKind(event.target.value as ProposedChange['kind'])}
          >
            <option value="AMENDMENT">{words('changeKind', 'AMENDMENT')}</option>
            <option value="TERMINATION">{words('changeKind', 'TERMINATION')}</option>
          </select>
        )}
      </Field>
      {ends ? (
        <Field label={t('contractChange.terminatesOn')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="date"
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <>
          <ChangedLines lines={lines} onChange={(next) => change({ lines: next })} />
          <div className="change-line">
            {NUMBERS.map((name) => (
              <Field key={name} label={words('changeField', name)} error={errorAt(`/${name}`)}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    inputMode="numeric"
                    value={numbers[name]}
                    onChange={(event) => change({ numbers: { ...numbers, [name]: event.target.value } })}
                  />
                )}
              </Field>
            ))}
          </div>
          <InstalmentsEditor
            instalments={instalments}
            errorAt={errorAt}
            onChange={(next) => change({ instalments: next })}
          />
          <details>
            <summary>{t('contract.clauses')}</summary>
            <div className="stack">
              <ClauseFields clauses={clauses} onChange={(next) => change({ clauses: next })} />
            </div>
          </details>
        </>
      )}
      <CommentField required value={reason} onChange={setReason} />
      <StaleChoice
        error={command.error}
        isReread={latest !== undefined && latest.textHash !== command.variables?.body.basedOn}
        onTakeTheirs={onClose}
        onKeepMine={() => latest && send(latest)}
      />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={command.isPending}
          disabled={reason.trim().length < 3 || !says}
          onClick={() => send(draft ?? now)}
        >
          {title}
        </Button>
      </div>
    </Sheet>
  );
}
