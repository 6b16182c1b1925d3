import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import type { Area } from './areas.js';
import { InboxBadge } from './inbox-badge.js';
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
      {areas.map(({ path, key, Icon }) => (
        <NavLink key={path} to={path} className="navlink">
          <Icon />
          {t(`nav.${key}`)}
          {key === 'inbox' ? <InboxBadge /> : null}
        </NavLink>
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
