import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionRestored, useMe } from '../api/session.js';
import { Sheet } from '../ui/sheet.js';
import { LoginForm } from './login-form.js';

/** On top of the page, which keeps what was typed. */
export function SignInAgain(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const resume = (): void => {
    sessionRestored();
    void queries.invalidateQueries();
  };
  return (
    <Sheet title={t('login.again')} onClose={resume} modal>
      <p className="quiet">{t('login.kept')}</p>
      <LoginForm username={me.username} onSignedIn={resume} />
    </Sheet>
  );
}
