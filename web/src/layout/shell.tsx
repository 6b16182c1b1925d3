import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSessionLost } from '../api/session.js';
import { SignInAgain } from '../login/sign-in-again.js';
import { AREAS } from './areas.js';
import { SideNav } from './side-nav.js';
import { TabBar } from './tab-bar.js';

export function Shell({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const lost = useSessionLost();
  const areas = AREAS.filter(({ permission }) => permission === null || may(permission));
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <SideNav areas={areas} />
      <main id="main" className="main" tabIndex={-1}>
        <div className="page">{children}</div>
      </main>
      <TabBar areas={areas} />
      {lost ? <SignInAgain /> : null}
    </div>
  );
}
