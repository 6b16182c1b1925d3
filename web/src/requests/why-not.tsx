import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhyNotView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { useFactText } from './fact-value.js';
import { fetchWhyNot } from './why-not.api.js';

/** "Why was this person not asked?", for whomever the reader names. */
export function WhyNot({ requestId }: { requestId: string }): ReactElement {
  const { t } = useTranslation();
  const [personId, setPersonId] = useState<string | undefined>();
  const query = useQuery({
    queryKey: ['why-not', requestId, personId],
    queryFn: () => fetchWhyNot(requestId, personId!),
    enabled: personId !== undefined,
  });
  return (
    <Panel title={t('whyNot.title')}>
      <details>
        <summary>{t('whyNot.ask')}</summary>
        <div className="stack">
          <Field label={t('whyNot.person')}>
            {(control) => (
              <PersonPicker
                id={control.id}
                value={personId ? [personId] : []}
                most={1}
                excluded={[]}
                onChange={([chosen]) => setPersonId(chosen)}
              />
            )}
          </Field>
          <div aria-live="polite">
            {personId === undefined ? null : query.data ? (
              <Answer found={query.data} />
            ) : query.isError ? (
              <Failure error={query.error} onRetry={() => void query.refetch()} />
            ) : (
              <Loading rows={2} />
            )}
          </div>
        </div>
      </details>
    </Panel>
  );
}

/** How the engine puts a truth into text. */
const TRUTH: Readonly<Record<string, string>> = { yes: 'true', no: 'false' };

type Stage = WhyNotView['stages'][number];

/** Stages in which the person has no part either way are one line. */
function Answer({ found }: { found: WhyNotView }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const told = found.stages.filter(({ person }) => person !== 'NOT_NAMED');
  const others = found.stages.filter(({ person }) => person === 'NOT_NAMED');
  return (
    <ul className="stack">
      {told.map((stage) => (
        <li key={stage.key}>
          <StageAnswer stage={stage} name={found.person.name} />
        </li>
      ))}
      {others.length > 0 ? (
        <li className="small quiet">
          {t('whyNot.notNamed', {
            name: found.person.name,
            stages: others.map(({ title }) => text(title)).join(t('app.separator')),
          })}
        </li>
      ) : null}
    </ul>
  );
}

function StageAnswer({ stage, name }: { stage: Stage; name: string }): ReactElement {
  const text = useServerText();
  const words = useCodeText();
  const { person, code, why, rules } = stage;
  return (
    <>
      <p>
        <span className="strong">{text(stage.title)}</span>{' '}
        {words('whyNot.verdict', person, { name, why: code ? words('dropped', code) : '' })}
      </p>
      {why.map((reason) => (
        <p key={reason.rowId + reason.text} className="small">
          {text(reason.text)}
        </p>
      ))}
      {person === 'STAGE_NOT_ASKED' || person === 'UNKNOWN' ? (
        <ul className="small">
          {rules.map((rule) => (
            <li key={rule.rowId}>
              <RuleAnswer rule={rule} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function RuleAnswer({ rule }: { rule: Stage['rules'][number] }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const factText = useFactText();
  const { unmet } = rule;
  if (!unmet)
    return <>{t(rule.verdict === 'MET' ? 'whyNot.met' : 'whyNot.outranked', { rule: text(rule.rule) })}</>;
  return (
    <>
      {t('whyNot.unmet', {
        rule: text(rule.rule),
        fact: text(unmet.input.label),
        value:
          unmet.value === null
            ? t('whyNot.hidden')
            : factText({ key: unmet.input.name, value: TRUTH[unmet.value] ?? unmet.value }),
      })}
      {unmet.cell ? <span className="code"> {unmet.cell}</span> : null}
    </>
  );
}
