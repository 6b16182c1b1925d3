import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { AreaLink } from './area-link.js';
import type { Area } from './areas.js';
import { LanguageSwitch } from './language-switch.js';
import { SignOutButton } from './sign-out-button.js';
import { WhoAmI } from './who-am-i.js';

export function SideNav({ areas }: { areas: readonly Area[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <nav className="sidenav" aria-label={t('nav.main')}>
      <Link to="/inbox" className="brand">
        <img src="/favicon.svg" alt="" />
        Sealflow
      </Link>
      {areas.map((area) => (
        <AreaLink key={area.path} area={area} className="navlink" />
      ))}
      <div className="whoami">
        <WhoAmI />
        <div className="whoami-row">
          <LanguageSwitch />
          <SignOutButton />
        </div>
      </div>
    </nav>
  );
}
