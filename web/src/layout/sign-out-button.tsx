import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { logout, ME } from '../api/session.js';

export function SignOutButton(): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const leave = async (): Promise<void> => {
    setLeaving(true);
    await logout().catch(() => undefined);
    sessionStorage.clear();
    queries.clear();
    queries.setQueryData(ME, null);
    await navigate('/login');
  };
  return (
    <Button size="small" loading={leaving} onClick={() => void leave()}>
      {t('nav.signOut')}
    </Button>
  );
}
