import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';

export interface Line {
  name: string;
  qty: string;
  unitNet: string;
}

interface ChangedLinesProps {
  lines: readonly Line[];
  onChange: (lines: Line[]) => void;
}

/** The lines a version will have: quantities and prices of those there are, lines more or fewer. */
export function ChangedLines({ lines, onChange }: ChangedLinesProps): ReactElement {
  const { t } = useTranslation();
  const set = (at: number, member: keyof Line, value: string): void =>
    onChange(lines.map((line, index) => (index === at ? { ...line, [member]: value } : line)));
  return (
    <>
      {lines.map((line, index) => (
        <fieldset key={index} className="change-line">
          <legend className="small quiet">{t('contractChange.line', { n: index + 1 })}</legend>
          {(['name', 'qty', 'unitNet'] as const).map((member) => (
            <Field key={member} label={t(`contractChange.lineField.${member}`)}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  inputMode={member === 'name' ? 'text' : 'decimal'}
                  value={line[member]}
                  onChange={(event) => set(index, member, event.target.value)}
                />
              )}
            </Field>
          ))}
          {lines.length > 1 ? (
            <Button
              aria-label={t('contractChange.removeLine', { n: index + 1 })}
              icon={<DeleteOutlined />}
              onClick={() => onChange(lines.filter((_line, at) => at !== index))}
            />
          ) : null}
        </fieldset>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => onChange([...lines, { name: '', qty: '1', unitNet: '' }])}
      >
        {t('contractChange.addLine')}
      </Button>
    </>
  );
}
