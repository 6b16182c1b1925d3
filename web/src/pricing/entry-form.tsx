import { Button } from 'antd';
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { Field, type ControlProps } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';

interface EntryFormProps<B> {
  fields: readonly {
    name: string;
    label: string;
    type?: string;
    options?: readonly { value: string; text: string }[];
    isOptional?: boolean;
    /** an input of its own */
    render?: (control: ControlProps, value: string, onChange: (value: string) => void) => ReactElement;
  }[];
  initial: Readonly<Record<string, string>>;
  /** @param validFrom left out: at once */
  bodyOf: (typed: Readonly<Record<string, string>>, validity: { validFrom?: string }) => B;
  run: (body: B, key: string) => Promise<unknown>;
  children?: ReactNode;
}

/** One more value that holds from an instant on. */
export function EntryForm<B>({ fields, initial, bodyOf, run }: EntryFormProps<B>): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [typed, setTyped] = useState(initial);
  const [from, setFrom] = useState('');
  const command = useCommand<B, unknown>({
    run,
    onSuccess: () => {
      toast(t('pricing.entered'));
      setTyped(initial);
      setFrom('');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    command.mutate(bodyOf(typed, from === '' ? {} : { validFrom: new Date(from).toISOString() }));
  };
  return (
    <form className="price-form" onSubmit={submit}>
      {fields.map(({ name, label, type = 'text', options, isOptional = false, render }) => (
        <Field key={name} label={label}>
          {(control) =>
            render ? (
              render(control, typed[name] ?? '', (value) => setTyped({ ...typed, [name]: value }))
            ) : options ? (
              <select
                {...control}
                className="input"
                required={!isOptional}
                value={typed[name]}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              >
                <option value="" />
                {options.map(({ value, text }) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...control}
                className="input"
                type={type}
                required={!isOptional}
                value={typed[name]}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            )
          }
        </Field>
      ))}
      <Field label={t('pricing.from')} hint={t('pricing.fromHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Button htmlType="submit" loading={command.isPending}>
        {t('pricing.enter')}
      </Button>
      <ProblemNote error={command.error} />
    </form>
  );
}
