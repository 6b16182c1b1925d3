import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage } from '../i18n/setup.js';

/** Names the language one would get, in that language. */
export function LanguageSwitch(): ReactElement {
  const { i18n } = useTranslation();
  const next = i18n.language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button size="small" lang={next} onClick={() => void changeLanguage(next)}>
      {next === 'en' ? 'English' : '中文'}
    </Button>
  );
}
