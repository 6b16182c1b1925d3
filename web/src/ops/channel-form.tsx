import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { Endpoint, EndpointBody } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { createEndpoint, ROBOTS } from './channels.api.js';

const EMPTY = { name: '', url: '', secret: '' };

/** A robot of a messenger, or another system's webhook. What is typed here is not shown again. */
export function ChannelForm(): ReactElement {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const [channel, setChannel] = useState<EndpointBody['channel']>('DINGTALK');
  const [typed, setTyped] = useState(EMPTY);
  const [personIds, setPersonIds] = useState<string[]>([]);
  const command = useCommand<EndpointBody, Endpoint>({
    run: createEndpoint,
    onSuccess: ({ name }) => {
      toast(t('channels.added', { name }));
      setTyped(EMPTY);
      setPersonIds([]);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [personId] = personIds;
    const { name, url, secret } = typed;
    command.mutate({
      channel,
      name: name.trim(),
      url: url.trim(),
      locale: i18n.language.startsWith('zh') ? 'zh-CN' : 'en',
      ...(secret === '' ? {} : { secret }),
      ...(personId === undefined ? {} : { personId }),
    });
  };
  const text = (
    field: keyof typeof EMPTY,
    type: 'text' | 'url' | 'password',
    required: boolean,
  ): ReactElement => (
    <Field label={t(`channels.${field}`)} hint={field === 'secret' ? t('channels.secretHint') : undefined}>
      {(control) => (
        <input
          {...control}
          className="input"
          type={type}
          required={required}
          autoComplete="off"
          value={typed[field]}
          onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={t('channels.channel')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={channel}
            onChange={(event) => setChannel(event.target.value as EndpointBody['channel'])}
          >
            {ROBOTS.map((name) => (
              <option key={name} value={name}>
                {t(`channels.kind.${name}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {text('name', 'text', true)}
      {text('url', 'url', true)}
      {channel === 'WECOM' ? null : text('secret', 'password', channel === 'WEBHOOK')}
      <Field label={t('channels.person')} hint={t('channels.personHint')}>
        {({ id }) => (
          <PersonPicker id={id} value={personIds} most={1} excluded={[]} onChange={setPersonIds} />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <Button type="primary" htmlType="submit" loading={command.isPending}>
        {t('channels.add')}
      </Button>
    </form>
  );
}
