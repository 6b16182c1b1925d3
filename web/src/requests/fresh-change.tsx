import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** The subject changed while the page was open: said, never slipped in silently. */
export function FreshChange({ subjectHash }: { subjectHash: string }): ReactElement | null {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(subjectHash);
  if (seen === subjectHash) return null;
  return (
    <div className="note tone-warn" role="alert">
      <p className="note-text strong">{t('request.freshChange')}</p>
      <Button onClick={() => setSeen(subjectHash)}>{t('request.freshSeen')}</Button>
    </div>
  );
}
