import { Button } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCommand } from '../api/intent.js';
import { useMe } from '../api/session.js';
import type { RequestView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { Ago } from '../ui/when.js';
import { FieldControl } from './field-control.js';
import { FormDocument } from './form-document.js';
import { fillFields, type Fill } from './forms.api.js';
import { ThingsProvider } from './named-things.js';
import { fieldAt, isRecord, kindOf, resolved, titleOf, valueAt, type Schema, type Values } from './schema.js';
import { useWords } from '../i18n/two-words.js';
import './forms.css';

type Form = NonNullable<RequestView['form']>;

/** What came back or has ended may be worked on again by whoever started it. */
const AGAIN = new Set(['RETURNED', 'WITHDRAWN', 'REJECTED', 'EXPIRED', 'REVOKED']);

/** The fields this stage fills in, kept as soon as they are saved; no answer depends on them. */
function FillFields({ request, form }: { request: RequestView; form: Form }): ReactElement {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const schema = resolved(form.schema, form.schema as Schema);
  const [values, setValues] = useState<Values>({});
  const command = useCommand<Fill, unknown>({
    run: fillFields,
    onSuccess: () => {
      setValues({});
      toast(t('form.filled'));
    },
  });
  return (
    <Panel title={t('form.fillTitle')} note={t('form.fillNote')}>
      <div className="stack">
        <div className="schema-form">
          {form.writable.map((pointer) => {
            const field = fieldAt(schema, pointer);
            const value = pointer in values ? values[pointer] : valueAt(request.subject.document, pointer);
            return (
              <Field key={pointer} label={titleOf(field, pointer.slice(1), i18n.language)}>
                {(control) => (
                  <FieldControl
                    kind={kindOf(field, schema)}
                    schema={field}
                    control={control}
                    value={value}
                    onChange={(given) => setValues({ ...values, [pointer]: given ?? null })}
                  />
                )}
              </Field>
            );
          })}
        </div>
        <ProblemNote error={command.error} />
        <div>
          <Button
            disabled={Object.keys(values).length === 0}
            loading={command.isPending}
            onClick={() => command.mutate({ id: request.id, values })}
          >
            {t('form.fillSave')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Fills({ fills }: { fills: Form['fills'] }): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  return (
    <ul className="fills small quiet">
      {fills.map(({ at, by, field, label, before, after }) => (
        <li key={`${at}${field}`}>
          {t('form.fill', {
            by: by?.name ?? '',
            field: serverText(label),
            before: before ?? '—',
            after: after ?? '—',
          })}{' '}
          <Ago at={at} />
        </li>
      ))}
    </ul>
  );
}

/** What the document of a request names, for whatever shows or changes it. */
export function RequestThings({
  request,
  form,
  children,
}: {
  request: RequestView;
  form: Form;
  children: ReactNode;
}): ReactElement {
  return (
    <ThingsProvider
      named={form.named}
      base={`/api/v1/requests/${request.id}`}
      formId={() => Promise.resolve(form.formId)}
    >
      {children}
    </ThingsProvider>
  );
}

/** The document of a request kind, what this stage fills in, and the way back into it for whoever started it. */
export function RequestForm({ request, form }: { request: RequestView; form: Form }): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const me = useMe();
  const schema = form.schema as Schema;
  const document = isRecord(request.subject.document) ? request.subject.document : {};
  const isAgain = AGAIN.has(request.state) && request.initiator?.id === me.id;
  return (
    <RequestThings request={request} form={form}>
      <Panel
        title={words(form.kind.titles)}
        note={isAgain ? <Link to={`/forms/${form.formId}`}>{t('form.editAgain')}</Link> : null}
      >
        <div className="stack">
          <FormDocument schema={schema} root={schema} value={document} />
          {form.fills.length > 0 ? <Fills fills={form.fills} /> : null}
        </div>
      </Panel>
      {form.writable.length > 0 ? <FillFields request={request} form={form} /> : null}
    </RequestThings>
  );
}
