import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { uploadCounterSigned, type CounterSigned } from './contracts.api.js';

function HashResult({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  if (contract.hashMatches === null) return null;
  return (
    <div className={contract.hashMatches ? 'note tone-good' : 'note tone-bad'} role="status">
      <div className="note-text">
        <p className="strong">{contract.hashMatches ? t('contract.hashEqual') : t('contract.hashDiffers')}</p>
        <p className="code">{contract.signedHash}</p>
      </div>
    </div>
  );
}

function UploadForm({ contract }: { contract: ContractView }): ReactElement {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [signedOn, setSignedOn] = useState('');
  const command = useCommand<CounterSigned, ContractView>({ run: uploadCounterSigned });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file) command.mutate({ id: contract.id, file, signedOn });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="small quiet">{t('contract.uploadHint')}</p>
      <Field label={t('contract.file')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="file"
            required
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <Field label={t('contract.signedOn')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            required
            value={signedOn}
            onChange={(event) => setSignedOn(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <Button type="primary" htmlType="submit" disabled={!file || !signedOn} loading={command.isPending}>
        {t('contract.upload')}
      </Button>
    </form>
  );
}

/** The copy the customer signed, and whether it is the text that was approved. */
export function SignedCopy({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const uploads = contract.actions.includes('COUNTER_SIGN');
  if (!uploads && contract.hashMatches === null) return null;
  return (
    <Panel title={t('contract.signedCopy')}>
      <div className="stack">
        <HashResult contract={contract} />
        {uploads ? <UploadForm contract={contract} /> : null}
      </div>
    </Panel>
  );
}
