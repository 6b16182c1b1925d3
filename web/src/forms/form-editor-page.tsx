import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { Failure, Loading } from '../ui/page-state.js';
import { FormEditor } from './form-editor.js';
import { fetchForm, fetchKind } from './forms.api.js';

/** A new document of a kind. */
export function NewFormPage(): ReactElement {
  const { kind: key = '' } = useParams();
  const query = useQuery({ queryKey: ['catalogue', 'kind', key], queryFn: () => fetchKind(key), gcTime: 0 });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={10} />;
  const { titles, content } = query.data;
  return <FormEditor key={key} kind={{ key, titles }} content={content} form={null} />;
}

/** A draft, what came back, or what is to be changed although it is approved; what people decide on is shown by its request. */
export function FormPage(): ReactElement {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const query = useQuery({ queryKey: ['catalogue', 'form', id], queryFn: () => fetchForm(id), gcTime: 0 });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={10} />;
  const { kind, content, state, requestId, stale } = query.data;
  const isSettled = state === 'IN_APPROVAL' || (state === 'APPROVED' && !stale && !search.has('amend'));
  if (isSettled && requestId) return <Navigate to={`/requests/${requestId}`} replace />;
  return (
    <div className="stack">
      {state === 'RETURNED' ? <p className="note tone-warn">{t('form.returned')}</p> : null}
      {state === 'APPROVED' ? (
        <p className={stale ? 'note tone-warn' : 'note'}>{t(stale ? 'form.stale' : 'form.amend')}</p>
      ) : null}
      <FormEditor key={id} kind={kind} content={content} form={query.data} />
    </div>
  );
}
