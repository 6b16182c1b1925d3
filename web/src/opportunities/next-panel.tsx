import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { dayFromNow } from '../ui/day.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { nextGiven, noNext, NextFields } from './next-fields.js';
import { completeActivity, type ActivityDone } from './opportunities.api.js';

type Planned = OpportunityDetailView['planned'][number];

export function NextPanel({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const [done, setDone] = useState<Planned>();
  const today = dayFromNow(0);
  return (
    <Panel title={t('deal.nextTitle')}>
      {deal.planned.length === 0 ? <p className="quiet">{t('pipe.noNext')}</p> : null}
      <ul className="deal-list">
        {deal.planned.map((planned) => (
          <li key={planned.id} className="row">
            <span>
              <span className="strong">{planned.subject}</span>
              <br />
              <span className={planned.plannedOn < today ? 'small due-late' : 'small quiet'}>
                {t(`activityKind.${planned.kind}`)} · {format.date(planned.plannedOn)} · {planned.owner.name}
              </span>
            </span>
            {deal.may.write ? (
              <Button
                size="small"
                aria-label={t('deal.doneTitle', { what: planned.subject })}
                onClick={() => setDone(planned)}
              >
                {t('deal.done')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {done ? (
        <DoneSheet planned={done} isLast={deal.planned.length === 1} onClose={() => setDone(undefined)} />
      ) : null}
    </Panel>
  );
}

/** The last planned step is not done without the next one. */
function DoneSheet({
  planned,
  isLast,
  onClose,
}: {
  planned: Planned;
  isLast: boolean;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [twoWay, setTwoWay] = useState(planned.kind !== 'NOTE');
  const [note, setNote] = useState('');
  const [next, setNext] = useState(noNext());
  const command = useCommand<ActivityDone, unknown>({
    run: completeActivity,
    onSuccess: () => {
      toast(t('deal.logged'));
      onClose();
    },
  });
  const given = nextGiven(next);
  const send = (): void =>
    command.mutate({
      id: planned.id,
      rowVersion: planned.rowVersion,
      body: {
        doneAt: new Date(Date.now() - 1_000).toISOString(),
        twoWay,
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(given ? { next: given } : {}),
      },
    });
  return (
    <Sheet title={t('deal.doneTitle', { what: planned.subject })} onClose={onClose}>
      {planned.kind === 'NOTE' ? null : (
        <label className="choice">
          <input type="checkbox" checked={twoWay} onChange={(event) => setTwoWay(event.target.checked)} />
          {t('deal.twoWay')}
        </label>
      )}
      <Field label={t('deal.note')}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <NextFields value={next} onChange={setNext} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="primary" disabled={isLast && !given} loading={command.isPending} onClick={send}>
          {t('deal.done')}
        </Button>
      </div>
    </Sheet>
  );
}
