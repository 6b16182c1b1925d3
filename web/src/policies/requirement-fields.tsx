import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from './stage-fields.js';
import { ANSWERS, isRequired, REQUIREMENTS, withRequirement } from './stage-model.js';
import type { Rec } from './stage-order-model.js';

interface RequirementFieldsProps {
  stage: Rec;
  onChange: (stage: Rec) => void;
}

const STEP_UP_MINUTES = 15;

/** What each answer must bring along. */
export function RequirementFields({ stage, onChange }: RequirementFieldsProps): ReactElement {
  const { t } = useTranslation();
  const proves = ANSWERS.some(
    (answer) => isRequired(stage, answer, 'SIGNATURE') || isRequired(stage, answer, 'STEP_UP'),
  );
  return (
    <>
      <div className="policy-wide policy-scroll">
        <table className="policy-requires">
          <caption>{t('policyStage.requires')}</caption>
          <thead>
            <tr>
              <td />
              {REQUIREMENTS.map((need) => (
                <th key={need} scope="col">
                  {t(`policyStage.need.${need}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ANSWERS.map((answer) => (
              <tr key={answer}>
                <th scope="row">{t(`policyStage.answer.${answer}`)}</th>
                {REQUIREMENTS.map((need) => (
                  <td key={need}>
                    <input
                      type="checkbox"
                      aria-label={`${t(`policyStage.answer.${answer}`)} · ${t(`policyStage.need.${need}`)}`}
                      checked={isRequired(stage, answer, need)}
                      onChange={(event) =>
                        onChange(withRequirement(stage, answer, need, event.target.checked))
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {proves ? (
        <NumberField
          label={t('policyStage.stepUpMinutes')}
          value={Number(stage['stepUpMinutes'] ?? STEP_UP_MINUTES)}
          onChange={(stepUpMinutes) => onChange({ ...stage, stepUpMinutes })}
        />
      ) : null}
    </>
  );
}
