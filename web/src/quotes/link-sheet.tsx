import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OfferLanguage } from '../api/types.js';
import { CopyButton, LinkField } from '../ui/copy-link.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { takeOfferLink } from './offer.api.js';

/** Whoever has the link may answer: it is made only when somebody asks for it. */
export function LinkSheet({ quoteId, onClose }: { quoteId: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string | null>(null);
  const command = useCommand<OfferLanguage, { path: string }>({
    run: (language, key) => takeOfferLink({ id: quoteId, language }, key),
    onSuccess: ({ path }) => setUrl(`${window.location.origin}${path}`),
  });
  return (
    <Sheet title={t('offer.link')} onClose={onClose}>
      <p>{t('offer.linkText')}</p>
      {url === null ? null : <LinkField url={url} />}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {url === null ? (
          (['zh-CN', 'en'] as const).map((language) => (
            <Button
              key={language}
              type="primary"
              loading={command.isPending && command.variables === language}
              onClick={() => command.mutate(language)}
            >
              {t('offer.makeLink', { language: t(`offer.languages.${language}`) })}
            </Button>
          ))
        ) : (
          <CopyButton text={url} />
        )}
      </div>
    </Sheet>
  );
}
