import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { login, ME } from '../api/session.js';
import type { Me } from '../api/types.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';

interface LoginFormProps {
  /** fixed when the same person signs in again over a page they were working on */
  username?: string;
  onSignedIn: (me: Me) => void;
}

export function LoginForm({ username: fixed, onSignedIn }: LoginFormProps): ReactElement {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => login({ username: username.trim(), password }),
    onSuccess: ({ me }) => {
      queries.setQueryData(ME, me);
      onSignedIn(me);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t('login.username')}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="username"
            autoCapitalize="none"
            required
            readOnly={fixed !== undefined}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('login.password')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="password"
            autoFocus={fixed !== undefined}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={signIn.error} />
      <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
        {t('login.signIn')}
      </Button>
    </form>
  );
}
