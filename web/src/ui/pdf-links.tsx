import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** The document as PDF, in the language one chooses. @param href without its query */
export function PdfLinks({ href }: { href: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <span className="row">
      <a href={`${href}?language=zh-CN`} download>
        {t('pdf.zh')}
      </a>
      <a href={`${href}?language=en`} download>
        {t('pdf.en')}
      </a>
    </span>
  );
}
