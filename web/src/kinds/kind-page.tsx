import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useCommand } from '../api/intent.js';
import { useMay } from '../api/session.js';
import type { KindView } from '../api/types.js';
import { fetchKind } from '../forms/forms.api.js';
import { useWords } from '../forms/use-words.js';
import { Field } from '../ui/field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { Tag } from '../ui/tag.js';
import { useToast } from '../ui/toast.js';
import { Ago } from '../ui/when.js';
import { FIRST_CONTENT } from './first-content.js';
import { Findings, useFindings } from './findings.js';
import { retireKind, saveKind, type KindContent, type SaveKind } from './kinds.api.js';
import '../forms/forms.css';

/** One kind, to read, and for whoever writes policies to edit. */
export function KindPage(): ReactElement {
  const { key = '' } = useParams();
  const query = useQuery({ queryKey: ['catalogue', 'kind', key], queryFn: () => fetchKind(key), gcTime: 0 });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={12} />;
  return <KindEditor key={query.data.version} kind={query.data} onSaved={() => void query.refetch()} />;
}

export function NewKindPage(): ReactElement {
  const navigate = useNavigate();
  return (
    <KindEditor kind={null} onSaved={(key) => void navigate(`/request-kinds/${key}`, { replace: true })} />
  );
}

function parsed(text: string): KindContent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as KindContent)
      : null;
  } catch {
    return null;
  }
}

interface KindEditorProps {
  /** null: a new one */
  kind: KindView | null;
  onSaved: (key: string) => void;
}

function KindEditor({ kind, onSaved }: KindEditorProps): ReactElement {
  const { t } = useTranslation();
  const words = useWords();
  const toast = useToast();
  const may = useMay();
  const [key, setKey] = useState(kind?.key ?? '');
  const [text, setText] = useState(() => JSON.stringify(kind?.content ?? FIRST_CONTENT, null, 2));
  const [note, setNote] = useState('');
  const [retiring, setRetiring] = useState(false);
  const content = parsed(text);
  const writable = may('policy:write') && kind?.retired !== true;
  const findings = useFindings(writable ? content : null);
  const command = useCommand<SaveKind, KindView>({
    run: saveKind,
    onSuccess: (saved) => {
      toast(t('kinds.saved', { n: saved.version }));
      onSaved(saved.key);
    },
  });
  const isReady = content !== null && key !== '' && note.trim() !== '' && findings.data?.errors === 0;
  return (
    <>
      <header className="page-head">
        <h1>{kind ? words(kind.titles) : t('kinds.new')}</h1>
        {kind ? <span className="small quiet">{t('policy.version', { n: kind.version })}</span> : null}
        {kind?.retired ? <Tag>{t('kinds.retired')}</Tag> : null}
        {kind && writable ? (
          <div className="page-head-actions">
            <Button danger onClick={() => setRetiring(true)}>
              {t('kinds.retire')}
            </Button>
          </div>
        ) : null}
      </header>
      <div className="columns">
        <div className="stack">
          <Panel title={t('kinds.content')} note={t('kinds.contentNote')}>
            <div className="stack">
              {kind ? null : (
                <Field label={t('kinds.key')} hint={t('kinds.keyHint')}>
                  {(control) => (
                    <input
                      {...control}
                      className="input"
                      value={key}
                      onChange={(event) => setKey(event.target.value.trim().toLowerCase())}
                    />
                  )}
                </Field>
              )}
              <Field label={t('kinds.json')} error={content ? undefined : t('kinds.notJson')}>
                {(control) => (
                  <textarea
                    {...control}
                    className="input kind-json"
                    spellCheck={false}
                    readOnly={!writable}
                    value={text}
                    onChange={(event) => setText(event.target.value)}
                  />
                )}
              </Field>
              {writable ? (
                <Field label={t('kinds.note')}>
                  {(control) => (
                    <input
                      {...control}
                      className="input"
                      value={note}
                      onChange={(event) => setNote(event.target.value)}
                    />
                  )}
                </Field>
              ) : null}
              <ProblemNote error={command.error} />
              {writable ? (
                <div>
                  <Button
                    type="primary"
                    disabled={!isReady}
                    loading={command.isPending}
                    onClick={() =>
                      content &&
                      command.mutate({ key, content, note: note.trim(), version: kind?.version ?? null })
                    }
                  >
                    {kind ? t('kinds.saveNext', { n: kind.version + 1 }) : t('kinds.define')}
                  </Button>
                </div>
              ) : null}
            </div>
          </Panel>
        </div>
        <div className="sticky-aside stack">
          {writable ? <Findings query={findings} /> : null}
          {kind ? (
            <Panel title={t('kinds.versions')}>
              <ul className="fills small">
                {kind.versions.map(({ version, note: why, createdAt }) => (
                  <li key={version}>
                    <span className="strong">{t('policy.version', { n: version })}</span> {why}{' '}
                    <span className="quiet">
                      <Ago at={createdAt} />
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
        </div>
      </div>
      {retiring && kind ? (
        <ReasonSheet
          title={t('kinds.retire')}
          text={t('kinds.retireText')}
          asks="REQUIRED"
          danger
          run={(reason, intent) => retireKind(kind.key, reason, intent)}
          onClose={() => setRetiring(false)}
          onDone={() => {
            setRetiring(false);
            onSaved(kind.key);
          }}
        />
      ) : null}
    </>
  );
}
