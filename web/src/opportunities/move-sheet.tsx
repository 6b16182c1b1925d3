import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { useToast } from '../ui/toast.js';
import { Criteria, type Criterion } from './criteria.js';
import { MoveFields, type MoveInput } from './move-fields.js';
import { nextGiven, noNext, NextFields } from './next-fields.js';
import { dealKey, fetchDeal, moveDeal, type DealMove } from './opportunities.api.js';
import { stageKeys, usePipelines, useStageName } from './pipelines.js';

interface MoveSheetProps {
  dealId: string;
  /** where it was dropped; left out: the person chooses */
  to?: string | undefined;
  onClose: () => void;
}

/** Moves a deal, and asks for what the move lacks: exit criteria, a reason, who won it, when to look again, what is next. */
export function MoveSheet({ dealId, to, onClose }: MoveSheetProps): ReactElement {
  const { t } = useTranslation();
  const deal = useQuery({ queryKey: dealKey(dealId), queryFn: () => fetchDeal(dealId) });
  return (
    <Sheet title={t('deal.move')} onClose={onClose}>
      {deal.data ? (
        <MoveForm deal={deal.data} to={to} onClose={onClose} />
      ) : deal.isError ? (
        <Failure error={deal.error} onRetry={() => void deal.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </Sheet>
  );
}

function MoveForm({
  deal,
  to,
  onClose,
}: {
  deal: OpportunityDetailView;
  to: string | undefined;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const stageName = useStageName();
  const toast = useToast();
  const pipeline = usePipelines().find(({ key }) => key === deal.pipeline);
  const [stage, setStage] = useState(to ?? '');
  const [input, setInput] = useState<MoveInput>({ reason: '', lostReason: '', competitor: '', resumeOn: '' });
  const [next, setNext] = useState(noNext());
  const command = useCommand<DealMove, OpportunityDetailView>({
    run: moveDeal,
    onSuccess: () => {
      toast(t('deal.moved', { stage: stageName(deal.pipeline, stage) }));
      onClose();
    },
  });
  const missing = missingFor(deal, stage, stageKeys(pipeline));
  const isSold = stage !== '' && !['WON', 'LOST', 'ON_HOLD'].includes(stage);
  const needsNext = isSold && deal.planned.length === 0;
  const isAnswered =
    (stage !== 'LOST' || (input.lostReason !== '' && input.competitor.trim() !== '')) &&
    (stage !== 'ON_HOLD' || (input.resumeOn !== '' && input.reason.trim() !== ''));
  const send = (): void => {
    const given = nextGiven(next);
    command.mutate({
      id: deal.id,
      rowVersion: deal.rowVersion,
      body: {
        stage,
        ...(input.reason.trim() ? { reason: input.reason.trim() } : {}),
        ...(stage === 'LOST' ? { lostReason: input.lostReason, competitor: input.competitor.trim() } : {}),
        ...(stage === 'ON_HOLD' ? { resumeOn: input.resumeOn } : {}),
        ...(needsNext && given ? { next: given } : {}),
      },
    });
  };
  return (
    <>
      <p className="strong">{deal.title ?? deal.customer?.name ?? deal.number}</p>
      <Field label={t('pipe.stage')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={stage}
            onChange={(event) => setStage(event.target.value)}
          >
            <option value="" />
            {stageKeys(pipeline)
              .filter((key) => key !== deal.stage)
              .map((key) => (
                <option key={key} value={key}>
                  {stageName(deal.pipeline, key)}
                </option>
              ))}
          </select>
        )}
      </Field>
      {missing.length > 0 ? (
        <div className="note tone-warn">
          <div className="note-text">
            <p className="strong">{t('deal.lacking')}</p>
            <Criteria deal={deal} criteria={missing} isLinked />
          </div>
        </div>
      ) : null}
      {stage ? (
        <MoveFields deal={deal} stage={stage} order={stageKeys(pipeline)} value={input} onChange={setInput} />
      ) : null}
      {needsNext ? <NextFields value={next} onChange={setNext} /> : null}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={stage === '' || missing.length > 0 || !isAnswered}
          loading={command.isPending}
          onClick={send}
        >
          {t('deal.move')}
        </Button>
      </div>
    </>
  );
}

/** What the server will ask for on the way to a stage, from what it has said of each criterion. */
function missingFor(deal: OpportunityDetailView, stage: string, order: readonly string[]): Criterion[] {
  if (stage === '' || stage === 'LOST' || stage === 'ON_HOLD') return [];
  const end = stage === 'WON' ? order.indexOf('ON_HOLD') : order.indexOf(stage);
  const begin = order.indexOf(deal.openStage);
  return deal.criteria.filter((state) => {
    const at = order.indexOf(state.stage);
    return !state.met && at >= begin && at < end;
  });
}
