import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeparationCheck } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';

type Rule = SeparationCheck['rules'][number];

function RuleText({ rule }: { rule: Rule }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const roles = rule.roles.map((role) => words('role', role));
  return (
    <>
      {t(`separation.rule.${rule.kind}`, {
        stage: serverText(rule.stage ?? ''),
        count: rule.count ?? 0,
        one: roles[0] ?? '',
        other: roles[1] ?? '',
      })}
    </>
  );
}

/** Which rules of separation were checked when somebody approved; each of them held, or they could not have. */
export function SeparationChecks({ checks }: { checks: readonly SeparationCheck[] }): ReactElement | null {
  const { t } = useTranslation();
  const serverText = useServerText();
  if (checks.length === 0) return null;
  return (
    <Panel title={t('separation.title')} note={t('separation.note')}>
      <ul className="checks">
        {checks.map((check) => (
          <li key={check.seq}>
            <p>
              {serverText(check.stage)} · <span className="strong">{check.by?.name}</span>{' '}
              {check.onBehalfOf ? t('path.onBehalfOf', { name: check.onBehalfOf.name }) : null}
            </p>
            <ul className="separation-rules small quiet">
              {check.rules.map((rule, index) => (
                <li key={index}>
                  ✓ <RuleText rule={rule} />
                </li>
              ))}
            </ul>
            {check.drift ? <Tag tone="warn">{t(`separation.drift.${check.drift}`)}</Tag> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
