import { MenuOutlined } from '@ant-design/icons';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../ui/sheet.js';
import { AreaLink } from './area-link.js';
import type { Area } from './areas.js';
import { LanguageSwitch } from './language-switch.js';
import { SignOutButton } from './sign-out-button.js';
import { UnreadBadge } from './unread-badge.js';
import { WhoAmI } from './who-am-i.js';

export function TabBar({ areas }: { areas: readonly Area[] }): ReactElement {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  return (
    <nav className="tabbar" aria-label={t('nav.tabs')}>
      {areas
        .filter(({ onPhone }) => onPhone)
        .map((area) => (
          <AreaLink key={area.path} area={area} className="tabbar-item" />
        ))}
      <button type="button" className="tabbar-item" onClick={() => setMore(true)}>
        <MenuOutlined />
        {t('nav.more')}
        <UnreadBadge />
      </button>
      {more ? (
        <Sheet title={t('nav.more')} onClose={() => setMore(false)}>
          <WhoAmI />
          {areas
            .filter(({ onPhone }) => !onPhone)
            .map((area) => (
              <AreaLink key={area.path} area={area} className="navlink" onClick={() => setMore(false)} />
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
