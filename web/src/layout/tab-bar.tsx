import { MenuOutlined } from '@ant-design/icons';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Sheet } from '../ui/sheet.js';
import type { Area } from './areas.js';
import { InboxBadge } from './inbox-badge.js';
import { LanguageSwitch } from './language-switch.js';
import { SignOutButton } from './sign-out-button.js';
import { WhoAmI } from './who-am-i.js';

export function TabBar({ areas }: { areas: readonly Area[] }): ReactElement {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  return (
    <nav className="tabbar" aria-label={t('nav.tabs')}>
      {areas
        .filter(({ onPhone }) => onPhone)
        .map(({ path, key, Icon }) => (
          <NavLink key={path} to={path} className="tabbar-item">
            <Icon />
            {t(`nav.${key}`)}
            {key === 'inbox' ? <InboxBadge /> : null}
          </NavLink>
        ))}
      <button type="button" className="tabbar-item" onClick={() => setMore(true)}>
        <MenuOutlined />
        {t('nav.more')}
      </button>
      {more ? (
        <Sheet title={t('nav.more')} onClose={() => setMore(false)}>
          <WhoAmI />
          {areas
            .filter(({ onPhone }) => !onPhone)
            .map(({ path, key, Icon }) => (
              <NavLink key={path} to={path} className="navlink" onClick={() => setMore(false)}>
                <Icon />
                {t(`nav.${key}`)}
              </NavLink>
            ))}
          <div className="sheet-buttons">
            <LanguageSwitch />
            <SignOutButton />
            <button type="button" className="chip" onClick={() => setMore(false)}>
              {t('app.close')}
            </button>
          </div>
        </Sheet>
      ) : null}
    </nav>
  );
}
