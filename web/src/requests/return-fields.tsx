import { useId, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';

export interface ReturnChoice {
  returnTo: string;
  resume: 'NEXT' | 'TO_RETURNER';
}

interface ReturnFieldsProps {
  request: RequestView;
  value: ReturnChoice;
  onChange: (choice: ReturnChoice) => void;
}

const RESUMES = ['NEXT', 'TO_RETURNER'] as const;

export function ReturnFields({ request, value, onChange }: ReturnFieldsProps): ReactElement {
  const { t } = useTranslation();
  const name = useId();
  const targets = [
    { key: 'INITIATOR', title: t('decision.toInitiator', { name: request.initiator.name }) },
    ...request.returnTargets.filter(({ key }) => key !== 'INITIATOR'),
  ];
  return (
    <>
      <fieldset className="choices plain-set">
        <legend className="small">{t('decision.returnTo')}</legend>
        {targets.map(({ key, title }) => (
          <label key={key} className="choice">
            <input
              type="radio"
              name={`${name}-to`}
              checked={value.returnTo === key}
              onChange={() => onChange({ ...value, returnTo: key })}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <fieldset className="choices plain-set">
        <legend className="small">{t('decision.resume')}</legend>
        {RESUMES.map((resume) => (
          <label key={resume} className="choice">
            <input
              type="radio"
              name={`${name}-resume`}
              checked={value.resume === resume}
              onChange={() => onChange({ ...value, resume })}
            />
            {t(`decision.resumes.${resume}`)}
          </label>
        ))}
      </fieldset>
    </>
  );
}
