import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { CopyButton, LinkField } from '../ui/copy-link.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { takeSigningLink, type OfFlow } from './signing.api.js';

interface SigningLinkSheetProps {
  at: OfFlow;
  no: number;
  onClose: () => void;
}

/** Whoever has the link may sign: it is made only when somebody asks for it. */
export function SigningLinkSheet({ at, no, onClose }: SigningLinkSheetProps): ReactElement {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  const command = useCommand<number, { url: string }>({
    run: (signer, key) => takeSigningLink({ ...at, no: signer }, key),
    onSuccess: (given) => setUrl(new URL(given.url, window.location.origin).href),
  });
  return (
    <Sheet title={t('signing.link')} onClose={onClose}>
      <p>{t('signing.linkText')}</p>
      {url === null ? null : <LinkField url={url} />}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {url === null ? (
          <Button type="primary" loading={command.isPending} onClick={() => command.mutate(no)}>
            {t('signing.take')}
          </Button>
        ) : (
          <CopyButton text={url} />
        )}
      </div>
    </Sheet>
  );
}
