import { Button } from 'antd';
import { useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonPicker } from '../org/person-picker.js';
import { ProblemNote } from '../ui/problem-note.js';
import type { FieldControlProps } from './field-control.js';
import { FileLink, useThings } from './named-things.js';

const MOST_PEOPLE = 50;

/** Whoever works here, one or as many as the field takes. */
export function PeopleControl({ kind, schema, control, value, onChange }: FieldControlProps): ReactElement {
  const { people } = useThings();
  const chosen = (Array.isArray(value) ? value : [value]).filter(
    (id): id is string => typeof id === 'string',
  );
  const most = kind === 'person' ? 1 : Number(schema['maxItems'] ?? MOST_PEOPLE);
  return (
    <PersonPicker
      id={control.id}
      value={chosen}
      most={most}
      excluded={[]}
      known={people}
      anybody
      onChange={(ids) => onChange(kind === 'person' ? ids[0] : ids.length === 0 ? undefined : ids)}
    />
  );
}

/** A file, put to the document as soon as it is chosen. */
export function AttachmentControl({ control, value, onChange }: FieldControlProps): ReactElement {
  const { t } = useTranslation();
  const { upload, isUploading, error } = useThings();
  const input = useRef<HTMLInputElement>(null);
  const id = typeof value === 'string' ? value : null;
  const take = async (file: File): Promise<void> => {
    const stored = await upload(file);
    if (stored) onChange(stored.id);
  };
  return (
    <span className="file-control">
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('form.chooseFile')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      {id === null ? null : <FileLink id={id} />}
      <Button id={control.id} loading={isUploading} onClick={() => input.current?.click()}>
        {t(id === null ? 'form.chooseFile' : 'form.otherFile')}
      </Button>
      {id === null ? null : (
        <Button type="text" aria-label={t('form.removeFile')} onClick={() => onChange(undefined)}>
          ✕
        </Button>
      )}
      <ProblemNote error={error} />
    </span>
  );
}
