import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { newInstalment, type DraftInstalment, type Trigger } from './draft.js';
import type { FieldErrors } from './field-errors.js';

const TRIGGERS: readonly Trigger[] = ['SIGNING', 'DELIVERY', 'ACCEPTANCE', 'WARRANTY', 'DATE'];

interface InstalmentsEditorProps {
  instalments: DraftInstalment[];
  errorAt: FieldErrors;
  onChange: (instalments: DraftInstalment[]) => void;
}

export function InstalmentsEditor({ instalments, errorAt, onChange }: InstalmentsEditorProps): ReactElement {
  const { t } = useTranslation();
  const replace = (at: number, changes: Partial<DraftInstalment>): void =>
    onChange(instalments.map((old, i) => (i === at ? { ...old, ...changes } : old)));
  return (
    <Panel title={t('editor.instalments')}>
      {instalments.length === 0 ? <p className="quiet">{t('editor.noInstalments')}</p> : null}
      {instalments.map((row, index) => (
        <div key={row.rowKey} className="instalment">
          <Field
            label={t('editor.trigger', { n: index + 1 })}
            error={errorAt(`/instalments/${index}/trigger`)}
          >
            {(control) => (
              <select
                {...control}
                className="input"
                value={row.trigger}
                onChange={(event) => replace(index, { trigger: event.target.value as Trigger })}
              >
                {TRIGGERS.map((trigger) => (
                  <option key={trigger} value={trigger}>
                    {t(`trigger.${trigger}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {(['pct', 'days'] as const).map((member) => (
            <Field
              key={member}
              label={t(`editor.instalment.${member}`)}
              error={errorAt(`/instalments/${index}/${member}`)}
            >
              {(control) => (
                <input
                  {...control}
                  className="input"
                  inputMode="decimal"
                  value={row[member]}
                  onChange={(event) => replace(index, { [member]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <Button
            className="line-remove"
            aria-label={t('editor.removeInstalment', { n: index + 1 })}
            onClick={() => onChange(instalments.filter((_, i) => i !== index))}
          >
            ✕
          </Button>
        </div>
      ))}
      {errorAt('/instalments') ? <p className="field-error">{errorAt('/instalments')}</p> : null}
      <Button onClick={() => onChange([...instalments, newInstalment()])}>{t('editor.addInstalment')}</Button>
    </Panel>
  );
}
