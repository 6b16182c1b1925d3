import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { FormView } from '../api/types.js';
import { PlanBody } from '../quotes/plan-preview.js';
import { SubmitSheet } from '../quotes/submit-sheet.js';
import { MoneyText } from '../ui/money-text.js';
import { Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { StateTag } from '../ui/state-tag.js';
import { useToast } from '../ui/toast.js';
import { deleteForm, previewForm, saveForm, submitForm, type SaveForm } from './forms.api.js';
import { ThingsProvider } from './named-things.js';
import { SchemaForm } from './schema-form.js';
import { isOwn, isRecord, missingFields, type Values } from './schema.js';
import { problemsOf, useDocumentErrors } from './use-document-errors.js';
import { useDocumentPreview } from './use-document-preview.js';
import { useWords } from '../i18n/two-words.js';
import '../requests/requests.css';
import '../quotes/quotes.css';
import './forms.css';

interface FormEditorProps {
  kind: { key: string; titles: { zh: string; en: string } };
  /** what the kind says: schema and access */
  content: Readonly<Record<string, unknown>>;
  /** null = not stored yet */
  form: FormView | null;
}

function isInvalid(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'DOCUMENT_INVALID';
}

/** Fill in, see who would approve, save, submit. */
export function FormEditor({ kind, content, form }: FormEditorProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const [document, setDocument] = useState<Values>(isRecord(form?.document) ? form.document : {});
  const [stored, setStored] = useState<SaveForm['stored']>(form);
  const [strict, setStrict] = useState(form?.state === 'RETURNED');
  const [touched, setTouched] = useState<readonly string[]>([]);
  const [submitting, setSubmitting] = useState<string | null>(null);
  const isAgain = form?.state === 'RETURNED' || form?.state === 'APPROVED';
  const schema = isRecord(content['schema']) ? content['schema'] : {};
  const missing = missingFields(schema, schema, document);
  const preview = useDocumentPreview(kind.key, document, missing.length === 0);
  const wrong = [
    ...missing.map((pointer) => ({ pointer, code: 'REQUIRED', rule: '' })),
    ...problemsOf(preview.error),
  ];
  const problems = wrong.filter(
    ({ pointer }) => strict || touched.some((name) => pointer.startsWith(`/${name}`)),
  );
  const saving = useCommand<SaveForm, FormView>({
    run: saveForm,
    onSuccess: ({ id, rowVersion }) => setStored({ id, rowVersion }),
  });
  const removing = useCommand<string, unknown>({
    run: deleteForm,
    onSuccess: () => {
      toast(t('form.deleted'));
      void navigate('/forms');
    },
  });
  const errorAt = useDocumentErrors([...problems, ...problemsOf(saving.error)]);
  const change = (next: Values): void => {
    const names = [...Object.keys(next), ...Object.keys(document)].filter(
      (name) => next[name] !== document[name],
    );
    setTouched((before) => [...new Set([...before, ...names])]);
    setDocument(next);
  };
  const save = (): Promise<FormView | null> =>
    saving.mutateAsync({ kind: kind.key, document, stored }).catch(() => null);
  const formId = async (): Promise<string | null> => stored?.id ?? (await save())?.id ?? null;
  const store = async (): Promise<void> => {
    const saved = await save();
    if (!saved) return;
    toast(t('form.saved'));
    if (saved.state === 'APPROVED' && !saved.stale) void navigate(`/requests/${saved.requestId}`);
    else if (form?.state === 'APPROVED')
      void queries.invalidateQueries({ queryKey: ['catalogue', 'form', form.id] });
    else if (!form) void navigate(`/forms/${saved.id}`, { replace: true });
  };
  const submit = async (): Promise<void> => {
    setStrict(true);
    if (wrong.length > 0) return;
    const saved = await save();
    if (!saved) return;
    if (saved.state === 'APPROVED' && !saved.stale) {
      toast(t('form.covered'));
      void navigate(`/requests/${saved.requestId}`);
    } else setSubmitting(saved.id);
  };
  return (
    <div className="request">
      <header className="page-head">
        <h1>{words(kind.titles)}</h1>
        {form ? <span className="small quiet">{form.number}</span> : null}
        {form ? <StateTag state={form.state} /> : null}
        {form?.requestId ? (
          <Link className="page-head-actions" to={`/requests/${form.requestId}`}>
            {t('form.toRequest')}
          </Link>
        ) : null}
      </header>
      <div className="columns">
        <div className="stack">
          {isInvalid(saving.error) ? null : <ProblemNote error={saving.error ?? removing.error} />}
          <Panel title={t('form.document')}>
            <ThingsProvider named={form?.named} base={form && `/api/v1/forms/${form.id}`} formId={formId}>
              <SchemaForm
                schema={schema}
                root={schema}
                value={document}
                at=""
                errorAt={errorAt}
                isShown={(pointer) => isOwn(content['access'], pointer)}
                onChange={change}
              />
            </ThingsProvider>
          </Panel>
        </div>
        <div className="sticky-aside" aria-live="polite" aria-busy={preview.isFetching}>
          <Panel title={t('preview.title')} note={preview.isFetching ? t('preview.asking') : null}>
            {wrong.length > 0 ? (
              <p className="quiet">{t('form.incomplete', { n: wrong.length })}</p>
            ) : preview.error ? (
              <ProblemNote error={preview.error} />
            ) : preview.data ? (
              <div className="stack">
                <span className="preview-total">
                  <MoneyText value={preview.data.total} />
                </span>
                <PlanBody preview={preview.data} />
              </div>
            ) : (
              <Loading rows={3} />
            )}
          </Panel>
        </div>
      </div>
      <div className="action-bar" role="group" aria-label={t('request.actions')}>
        <div className="action-bar-inner">
          {form?.state === 'DRAFT' && !form.requestId ? (
            <Button size="large" danger loading={removing.isPending} onClick={() => removing.mutate(form.id)}>
              {t('form.delete')}
            </Button>
          ) : null}
          <Button size="large" loading={saving.isPending} onClick={() => void store()}>
            {t(form?.state === 'APPROVED' ? 'form.saveChange' : 'editor.save')}
          </Button>
          <Button type="primary" size="large" disabled={saving.isPending} onClick={() => void submit()}>
            {isAgain ? t('submit.again') : t('submit.button')}
          </Button>
        </div>
      </div>
      {submitting ? (
        <SubmitSheet
          subject={submitting}
          again={isAgain}
          preview={() => previewForm(submitting)}
          show={(preview) => <PlanBody preview={preview} />}
          submit={(planHash, key) => submitForm(submitting, planHash, key)}
          onClose={() => setSubmitting(null)}
          onSubmitted={({ id }) => {
            toast(t('submit.done'));
            void navigate(`/requests/${id}`);
          }}
        />
      ) : null}
    </div>
  );
}
