import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay, useMe } from '../api/session.js';
import type { RequestView } from '../api/types.js';
import { RequestForm } from '../forms/request-form.js';
import { markCopyRead } from '../inbox/inbox.api.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ActionBar } from './action-bar.js';
import { AskedAgain } from './asked-again.js';
import { Attachments } from './attachments.js';
import { Changes } from './changes.js';
import { Checks } from './checks.js';
import { DocumentView } from './document-view.js';
import { FreshChange } from './fresh-change.js';
import { PathList } from './path-list.js';
import { RequestHeader } from './request-header.js';
import { PricesMoved } from './prices-moved.js';
import { fetchRequest, requestKey } from './requests.api.js';
import { SeparationChecks } from './separation-checks.js';
import { Signatures } from './signatures.js';
import { Snapshots } from './snapshots.js';
import { Timeline } from './timeline.js';
import { WhyNot } from './why-not.js';
import { WhyYou } from './why-you.js';
import './requests.css';

const BASE_CURRENCY = 'CNY';
const REFRESH_MS = 10_000;

export function RequestPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: requestKey(id),
    queryFn: () => fetchRequest(id),
    refetchInterval: REFRESH_MS,
  });
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [id]);
  if (query.data) return <RequestBody key={id} request={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={12} />;
}

/** Opening the page is looking at the copy one was sent. */
function useCopyMark(request: RequestView): void {
  const me = useMe();
  const queries = useQueryClient();
  const unread = request.copies.some(({ person, readAt }) => person.id === me.id && readAt === null);
  useEffect(() => {
    if (!unread) return;
    // a mark that could not be set stays to be set: the next look tries again
    markCopyRead(request.id).then(
      () => queries.invalidateQueries({ queryKey: ['inbox'] }),
      () => undefined,
    );
  }, [unread, request.id, queries]);
}

function RequestBody({ request }: { request: RequestView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  useCopyMark(request);
  return (
    <article className="request" aria-labelledby="request-title">
      <FreshChange subjectHash={request.subjectHash} />
      <div className="columns">
        <div className="stack">
          <RequestHeader request={request} />
          <WhyYou reasons={request.why} asked={request.actions.some(({ seatId }) => seatId !== null)} />
          <PricesMoved request={request} />
          <AskedAgain title={t('envelope.stale')} note={t('form.staleNote')} stages={request.stale ?? []} />
          <AskedAgain
            title={t('envelope.askedAgain')}
            note={t('envelope.othersStand')}
            stages={request.askedAgain}
          />
          <Changes request={request} />
          <Checks facts={request.subject.facts} />
          <Snapshots request={request} />
          {request.form && request.state === 'APPROVED' && request.initiator?.id === me.id ? (
            <Link to={`/forms/${request.form.formId}?amend`} className="small">
              {t(request.stale ? 'form.toStale' : 'form.toAmend')}
            </Link>
          ) : null}
          {request.form ? (
            <RequestForm request={request} form={request.form} />
          ) : (
            <Panel title={t('request.document')}>
              <DocumentView
                document={request.subject.document}
                currency={request.subject.amount?.currency ?? BASE_CURRENCY}
              />
            </Panel>
          )}
        </div>
        <div className="stack">
          <Attachments request={request} />
          <Panel title={t('request.path')} note={t('request.policy', { version: request.policy.version })}>
            <PathList path={request.path} />
          </Panel>
          <WhyNot requestId={request.id} />
          <Panel
            title={t('request.timeline')}
            note={
              may('privacy:erase') ? (
                <Link to={`/erasure?requestId=${request.id}`}>{t('erasure.here')}</Link>
              ) : null
            }
          >
            <Timeline entries={request.timeline} facts={request.subject.facts} />
          </Panel>
          <Signatures request={request} />
          <SeparationChecks checks={request.separation} />
        </div>
      </div>
      <ActionBar request={request} />
    </article>
  );
}
