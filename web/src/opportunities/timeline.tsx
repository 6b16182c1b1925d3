import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { OpportunityDetailView, TimelinePage } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Ago } from '../ui/when.js';
import { KindField, type Kind } from './next-fields.js';
import { fetchTimeline, logActivity } from './opportunities.api.js';
import { useStageName } from './pipelines.js';

type Item = TimelinePage['items'][number];

/** What has happened, newest first; what was just done is logged in one line. */
export function Timeline({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const { items, query } = usePaged<Item>({
    key: ['opportunity', deal.id, 'timeline'],
    load: (cursor) => fetchTimeline(deal.id, cursor),
  });
  return (
    <Panel title={t('deal.timeline')}>
      {may('opportunity:write') ? <QuickLog dealId={deal.id} /> : null}
      <FetchFailed query={query} />
      {items.length === 0 && query.isSuccess ? <p className="quiet">{t('deal.noTimeline')}</p> : null}
      <ol className="deal-timeline">
        {items.map((item) => (
          <li key={item.id}>
            <TimelineText item={item} pipeline={deal.pipeline} />
            <span className="small quiet">
              {item.by ? `${item.by.name} · ` : ''}
              <Ago at={item.at} />
            </span>
          </li>
        ))}
      </ol>
      <LoadMore query={query} />
    </Panel>
  );
}

function TimelineText({ item, pipeline }: { item: Item; pipeline: string }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const stageName = useStageName();
  if (item.kind === 'STAGE') {
    const stage = stageName(pipeline, item.type);
    return (
      <span className="deal-text">
        {item.direction === 'BACK' ? t('deal.wentBack', { stage }) : t('deal.wentTo', { stage })}
        {item.note ? <span className="quiet"> — {item.note}</span> : null}
      </span>
    );
  }
  if (item.kind === 'ACTIVITY')
    return (
      <span className="deal-text">
        <span className="strong">{words('activityKind', item.type)}</span>
        {item.twoWay ? ' ⇄ ' : ' '}
        {item.text}
        {item.note ? <span className="quiet"> — {item.note}</span> : null}
      </span>
    );
  return (
    <span className="deal-text">
      {item.text ? `${item.text}: ` : ''}
      {words('dealEvent', item.type)}
    </span>
  );
}

function QuickLog({ dealId }: { dealId: string }): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('CALL');
  const [subject, setSubject] = useState('');
  const [twoWay, setTwoWay] = useState(false);
  const command = useCommand({
    run: logActivity,
    onSuccess: () => {
      setSubject('');
      setTwoWay(false);
    },
  });
  const send = (): void =>
    command.mutate({
      opportunityId: dealId,
      kind,
      subject: subject.trim(),
      doneAt: new Date(Date.now() - 1_000).toISOString(),
      twoWay: twoWay && kind !== 'NOTE',
    });
  return (
    <form
      className="quick-log"
      aria-label={t('deal.logTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (subject.trim() !== '') send();
      }}
    >
      <KindField value={kind} onChange={setKind} />
      <Field label={t('deal.what')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={200}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit" disabled={subject.trim() === ''} loading={command.isPending}>
        {t('deal.log')}
      </Button>
      {kind === 'NOTE' ? null : (
        <label className="choice">
          <input type="checkbox" checked={twoWay} onChange={(event) => setTwoWay(event.target.checked)} />
          {t('deal.twoWay')}
        </label>
      )}
      <ProblemNote error={command.error} />
    </form>
  );
}
