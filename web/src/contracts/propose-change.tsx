import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractVersionView, ProposedChange } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { newInstalment, type DraftInstalment, type Trigger } from '../quotes/draft.js';
import { InstalmentsEditor } from '../quotes/instalments-editor.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { ChangedLines, type Line } from './changed-lines.js';
import { sayChange, type Proposal } from './changes.api.js';
import { ClauseFields } from './clause-fields.js';
import type { Clause } from './contracts.api.js';

interface ProposeChangeProps {
  contractId: string;
  /** what is in force: what stays as it is there is not part of the change */
  now: ContractVersionView;
  /** the change that is rewritten; left out: a new one */
  draft?: ContractVersionView;
  onClose: () => void;
}

const DAYS = ['termDays', 'deliveryDays', 'warrantyMonths', 'durationMonths'] as const;
type Days = Record<(typeof DAYS)[number], string>;

/** A change of a contract in force: what is left as it stands is not part of it. */
export function ProposeChange({ contractId, now, draft, onClose }: ProposeChangeProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const from = draft ?? now;
  const [kind, setKind] = useState<ProposedChange['kind']>(
    draft?.kind === 'TERMINATION' ? 'TERMINATION' : 'AMENDMENT',
  );
  const [reason, setReason] = useState(draft?.reason ?? '');
  const [on, setOn] = useState(draft?.terminatesOn ?? '');
  const [lines, setLines] = useState(() => linesOf(from));
  const [days, setDays] = useState(() => daysOf(from));
  const [instalments, setInstalments] = useState(() => from.instalments.map(draftOf));
  const [clauses, setClauses] = useState(from.clauses);
  const command = useCommand<Proposal, unknown>({ run: sayChange, onSuccess: onClose });
  const ends = kind === 'TERMINATION';
  const said = ends ? { terminatesOn: on } : changed(now, { lines, days, instalments, clauses });
  const says = ends ? on !== '' : Object.keys(said).length > 0;
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
          <ChangedLines lines={lines} onChange={setLines} />
          <div className="change-line">
            {DAYS.map((name) => (
              <Field key={name} label={words('changeField', name)}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    inputMode="numeric"
                    value={days[name]}
                    onChange={(event) => setDays({ ...days, [name]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <InstalmentsEditor instalments={instalments} errorAt={() => undefined} onChange={setInstalments} />
          <details>
            <summary>{t('contract.clauses')}</summary>
            <div className="stack">
              <ClauseFields clauses={clauses} onChange={setClauses} />
            </div>
          </details>
        </>
      )}
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={command.isPending}
          disabled={reason.trim().length < 3 || !says}
          onClick={() =>
            command.mutate({
              id: contractId,
              version: draft?.version ?? null,
              body: { kind, reason: reason.trim(), ...said },
            })
          }
        >
          {title}
        </Button>
      </div>
    </Sheet>
  );
}

function linesOf({ lines }: ContractVersionView): Line[] {
  return lines.map(({ name, qty, unitNet }) => ({ name, qty, unitNet }));
}

function daysOf(version: ContractVersionView): Days {
  const text = (value: number | null): string => (value === null ? '' : String(value));
  return Object.fromEntries(DAYS.map((name) => [name, text(version[name])])) as Days;
}

interface Said {
  lines: Line[];
  days: Days;
  instalments: DraftInstalment[];
  clauses: Clause[];
}

function changed(
  now: ContractVersionView,
  { lines, days, instalments, clauses }: Said,
): Partial<ProposedChange> {
  const before = daysOf(now);
  const moved = DAYS.filter((name) => days[name].trim() !== before[name]);
  const payments = instalments.map(({ trigger, pct, days: after }) => ({
    trigger,
    pct: pct.trim(),
    days: Number(after),
  }));
  return {
    ...(same(lines, linesOf(now)) ? {} : { lines }),
    ...Object.fromEntries(moved.map((name) => [name, days[name].trim() === '' ? null : Number(days[name])])),
    ...(same(payments, now.instalments.map(paymentOf)) ? {} : { instalments: payments }),
    ...(same(clauses.map(wordsOf), now.clauses.map(wordsOf)) ? {} : { clauses: clauses.map(wordsOf) }),
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

type Instalment = ContractVersionView['instalments'][number];

function draftOf({ trigger, pct, days }: Instalment): DraftInstalment {
  return { ...newInstalment(), trigger: trigger as Trigger, pct, days: String(days) };
}

function paymentOf({ trigger, pct, days }: Instalment) {
  return { trigger, pct, days };
}

function wordsOf({ key, title, text }: Clause) {
  return { key, title, text };
}
