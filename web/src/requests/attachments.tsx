import { Button } from 'antd';
import { useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMe } from '../api/session.js';
import type { Attachment, RequestView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Ago } from '../ui/when.js';
import { attach, attachmentUrl, type Attach } from './answer.api.js';

const KILOBYTE = 1024;

/** The files of a request; its initiator and whoever owes an answer may add one. */
export function Attachments({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const command = useCommand<Attach, Attachment>({ run: attach });
  const runs = request.state === 'PENDING' || request.state === 'RETURNED';
  const owes = request.actions.some(({ action }) => action === 'APPROVE' || action === 'OPINION');
  const may = runs && (owes || request.initiator?.id === me.id);
  if (!may && request.attachments.length === 0) return null;
  return (
    <Panel title={t('request.attachments')}>
      <div className="stack">
        <ul className="files">
          {request.attachments.map(({ id, name, size, by, at }) => (
            <li key={id}>
              <a href={attachmentUrl(request.id, id)} download={name}>
                {name}
              </a>{' '}
              <span className="small quiet">
                {Math.ceil(size / KILOBYTE)} kB · {by.name} <Ago at={at} />
              </span>
            </li>
          ))}
        </ul>
        {may ? (
          <>
            <input
              ref={input}
              type="file"
              hidden
              aria-label={t('request.attach')}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) command.mutate({ requestId: request.id, file });
                event.target.value = '';
              }}
            />
            <Button loading={command.isPending} onClick={() => input.current?.click()}>
              {t('request.attach')}
            </Button>
          </>
        ) : null}
        <ProblemNote error={command.error} />
      </div>
    </Panel>
  );
}
