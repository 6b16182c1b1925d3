import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { queryClient } from './api/query-client.js';
import { ConsoleRoutes } from './routes.js';
import { antdTheme } from './theme/antd-theme.js';
import { ToastArea } from './ui/toast.js';

/** The server writes the nonce of each page into its head, so style tags need no 'unsafe-inline'. */
const STYLE_CSP = { nonce: document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '' };

export function Console(): ReactElement {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      theme={antdTheme}
      locale={i18n.language === 'en' ? enUS : zhCN}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
      csp={STYLE_CSP}
    >
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <ToastArea>
            <ConsoleRoutes />
          </ToastArea>
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
