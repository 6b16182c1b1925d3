import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../ui/sheet.js';

const KEYS = ['J', 'K', 'Enter', 'A', 'R', 'T', 'help'] as const;

export function KeysHelp({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Sheet title={t('keys.title')} onClose={onClose}>
      <dl className="keys">
        {KEYS.map((key) => (
          <div key={key} className="row">
            <dt>
              <kbd>{key === 'help' ? '?' : key}</kbd>
            </dt>
            <dd>{t(`keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.close')}</Button>
      </div>
    </Sheet>
  );
}
