import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ProblemError } from '../api/problem.js';
import type { QuoteView } from '../api/types.js';
import { CurrencySelect } from '../ui/currency-select.js';
import { Field } from '../ui/field.js';
import { Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { ClausesEditor } from './clauses-editor.js';
import { CustomerPicker } from './customer-picker.js';
import { draftOf, isComplete, type Draft } from './draft.js';
import { EditConflict } from './edit-conflict.js';
import { useFieldErrors } from './field-errors.js';
import { InstalmentsEditor } from './instalments-editor.js';
import { LinesEditor } from './lines-editor.js';
import { PlanPreviewView } from './plan-preview.js';
import { fetchPriceList } from './price-list.api.js';
import { SaveIndicator } from './save-indicator.js';
import { QuoteSubmitSheet } from './quote-submit-sheet.js';
import { TermsEditor } from './terms-editor.js';
import { useDraftSaving } from './use-draft-saving.js';
import { usePreview } from './use-preview.js';
import '../requests/requests.css';
import './quotes.css';

interface QuoteEditorProps {
  /** null = not stored yet */
  quote: QuoteView | null;
  initial: Draft;
}

export function QuoteEditor({ quote, initial }: QuoteEditorProps): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const toast = useToast();
  const [draft, setDraft] = useState(initial);
  const [submitting, setSubmitting] = useState<QuoteView | null>(null);
  const change = (changes: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const prices = useQuery({
    queryKey: ['catalogue', 'prices', draft.currency, draft.customerId],
    queryFn: () => fetchPriceList(draft.currency, draft.customerId),
    placeholderData: keepPreviousData,
  });
  const preview = usePreview(draft);
  const saving = useDraftSaving(draft, quote);
  const errorAt = useFieldErrors(saving.error ?? preview.error, preview.data?.problems ?? []);
  const conflict = saving.error instanceof ProblemError && saving.error.status === 412;
  const store = async (): Promise<void> => {
    const stored = await saving.save();
    if (stored && !quote) void navigate(`/quotes/${stored.id}/edit`, { replace: true });
  };
  const submit = async (): Promise<void> => setSubmitting(await saving.save());
  return (
    <div className="request">
      <header className="page-head">
        <h1>
          {quote ? t('editor.title', { number: quote.number, version: quote.version }) : t('editor.newTitle')}
        </h1>
        <SaveIndicator saving={saving} />
        {quote ? (
          <Link className="page-head-actions" to={`/quotes/${quote.id}`}>
            {t('editor.toQuote')}
          </Link>
        ) : null}
      </header>
      <div className="columns">
        <div className="stack">
          {conflict && quote ? (
            <EditConflict
              quoteId={quote.id}
              onKeepMine={saving.rebase}
              onTakeTheirs={(stored) => {
                saving.rebase(stored);
                setDraft(draftOf(stored));
              }}
            />
          ) : (
            <ProblemNote error={saving.error} />
          )}
          <Panel title={t('editor.customer')}>
            <div className="customer-grid">
              <Field label={t('editor.customer')} error={errorAt('/customerId')}>
                {(control) => (
                  <CustomerPicker
                    id={control.id}
                    invalid={control['aria-invalid']}
                    describedBy={control['aria-describedby']}
                    value={draft.customerId}
                    onChange={(customerId) => change({ customerId })}
                  />
                )}
              </Field>
              <Field label={t('editor.currency')} error={errorAt('/currency')}>
                {(control) => (
                  <CurrencySelect
                    {...control}
                    value={draft.currency}
                    onChange={(currency) => change({ currency })}
                  />
                )}
              </Field>
            </div>
          </Panel>
          <LinesEditor
            lines={draft.lines}
            currency={draft.currency}
            prices={prices.data}
            priced={preview.data?.lines}
            errorAt={errorAt}
            onChange={(lines) => change({ lines })}
          />
          <TermsEditor draft={draft} errorAt={errorAt} onChange={change} />
          <InstalmentsEditor
            instalments={draft.instalments}
            errorAt={errorAt}
            onChange={(instalments) => change({ instalments })}
          />
          <ClausesEditor
            clauses={draft.clauses}
            errorAt={errorAt}
            onChange={(clauses) => change({ clauses })}
          />
        </div>
        <div className="sticky-aside" aria-live="polite" aria-busy={preview.isFetching}>
          <Panel title={t('preview.title')} note={preview.isFetching ? t('preview.asking') : null}>
            {preview.error ? (
              <ProblemNote error={preview.error} />
            ) : preview.data && isComplete(draft) ? (
              <PlanPreviewView preview={preview.data} />
            ) : preview.isFetching ? (
              <Loading rows={4} />
            ) : (
              <p className="quiet">{t('preview.incomplete')}</p>
            )}
          </Panel>
        </div>
      </div>
      <div className="action-bar" role="group" aria-label={t('request.actions')}>
        <div className="action-bar-inner">
          <Button
            size="large"
            disabled={!isComplete(draft)}
            loading={saving.saving}
            onClick={() => void store()}
          >
            {t('editor.save')}
          </Button>
          <Button
            type="primary"
            size="large"
            disabled={!isComplete(draft) || saving.saving}
            onClick={() => void submit()}
          >
            {quote?.state === 'RETURNED' ? t('submit.again') : t('submit.button')}
          </Button>
        </div>
      </div>
      {submitting ? (
        <QuoteSubmitSheet
          quoteId={submitting.id}
          again={submitting.state === 'RETURNED'}
          onClose={() => setSubmitting(null)}
          onSubmitted={() => {
            toast(t('submit.done'));
            void navigate(`/quotes/${submitting.id}`);
          }}
        />
      ) : null}
    </div>
  );
}
