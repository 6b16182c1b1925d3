import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { Area } from './areas.js';
import { InboxBadge } from './inbox-badge.js';
import { UnreadBadge } from './unread-badge.js';

interface AreaLinkProps {
  area: Area;
  className: string;
  onClick?: () => void;
}

/** The way to a part of the console, with what waits there. */
export function AreaLink({ area: { path, key, Icon }, className, onClick }: AreaLinkProps): ReactElement {
  const { t } = useTranslation();
  return (
    <NavLink to={path} className={className} onClick={onClick}>
      <Icon />
      {t(`nav.${key}`)}
      {key === 'inbox' ? <InboxBadge /> : key === 'notifications' ? <UnreadBadge /> : null}
    </NavLink>
  );
}
