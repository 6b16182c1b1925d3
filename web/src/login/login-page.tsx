import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { sessionRestored } from '../api/session.js';
import { LanguageSwitch } from '../layout/language-switch.js';
import { LoginForm } from './login-form.js';
import './login.css';

/** Only a path of this console: never another site. */
function safeTarget(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/inbox';
}

export function LoginPage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return (
    <main className="login">
      <div className="login-card panel">
        <div className="brand">
          <img src="/favicon.svg" alt="" />
          Sealflow
        </div>
        <h1>{t('login.title')}</h1>
        <p className="quiet">{t('login.purpose')}</p>
        <LoginForm
          onSignedIn={() => {
            sessionRestored();
            void navigate(safeTarget(params.get('next')), { replace: true });
          }}
        />
        <div>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}
