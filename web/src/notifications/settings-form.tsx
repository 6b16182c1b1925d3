import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { NotificationSettings } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { ChannelMatrix } from './channel-matrix.js';
import { saveSettings } from './notifications.api.js';
import './notifications.css';

type Choice = NotificationSettings['matrix'][number];

const LOCALES = ['zh-CN', 'en'] as const satisfies readonly NotificationSettings['locale'][];
const USUAL_NIGHT = { from: '22:00', to: '07:30' };

/** What is typed stays as typed until it is saved, whatever is stored meanwhile. */
export function SettingsForm({ stored }: { stored: NotificationSettings }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [email, setEmail] = useState(stored.email ?? '');
  const [locale, setLocale] = useState(stored.locale);
  const [quiet, setQuiet] = useState(stored.quiet);
  const [changed, setChanged] = useState<readonly Choice[]>([]);
  const command = useCommand<NotificationSettings, NotificationSettings>({
    run: saveSettings,
    onSuccess: () => {
      toast(t('notifications.saved'));
      setChanged([]);
    },
  });
  const isOf = (one: Choice) => (other: Choice) => one.kind === other.kind && one.channel === other.channel;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate({ email: email.trim() || null, locale, quiet, matrix: [...changed] });
  };
  return (
    <form className="stack" onSubmit={save}>
      <Panel title={t('notifications.where')}>
        <div className="stack">
          <Field label={t('notifications.email')} hint={t('notifications.emailHint')}>
            {(control) => (
              <input
                {...control}
                className="input"
                type="email"
                autoComplete="email"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('notifications.locale')}>
            {(control) => (
              <select
                {...control}
                className="input"
                value={locale}
                onChange={(event) => setLocale(event.target.value as NotificationSettings['locale'])}
              >
                {LOCALES.map((name) => (
                  <option key={name} value={name}>
                    {t(`notifications.language.${name}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </Panel>
      <Panel title={t('notifications.quiet')} note={t('notifications.quietHint')}>
        <label className="choice">
          <input
            type="checkbox"
            checked={quiet !== null}
            onChange={(event) => setQuiet(event.target.checked ? (stored.quiet ?? USUAL_NIGHT) : null)}
          />
          {t('notifications.quietOn')}
        </label>
        {quiet ? (
          <div className="filters">
            {(['from', 'to'] as const).map((end) => (
              <Field key={end} label={t(`notifications.quietEnd.${end}`)}>
                {(control) => (
                  <input
                    {...control}
                    className="input"
                    type="time"
                    required
                    value={quiet[end]}
                    onChange={(event) => setQuiet({ ...quiet, [end]: event.target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
        ) : null}
      </Panel>
      <Panel title={t('notifications.what')} note={t('notifications.chatHint')}>
        <ChannelMatrix
          matrix={stored.matrix.map((choice) => changed.find(isOf(choice)) ?? choice)}
          onChange={(choice) => setChanged([...changed.filter((other) => !isOf(choice)(other)), choice])}
        />
      </Panel>
      <ProblemNote error={command.error} />
      <div>
        <Button type="primary" htmlType="submit" loading={command.isPending}>
          {t('notifications.save')}
        </Button>
      </div>
    </form>
  );
}
