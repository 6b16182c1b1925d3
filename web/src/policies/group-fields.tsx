import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { ResolverFields } from './resolver-fields.js';
import { Choice, KEY, TextField, type FieldNote } from './stage-fields.js';
import {
  GROUP_RESOLVERS,
  groupAdded,
  groupRenamed,
  recordOf,
  resolverOf,
  withGroups,
  type ResolverKind,
  type Words,
} from './stage-model.js';
import type { Rec } from './stage-order-model.js';

interface GroupFieldsProps {
  stage: Rec;
  words: Words;
  noteOf: (field: string) => FieldNote;
  onChange: (stage: Rec) => void;
}

/** Several resolvers in one stage; each of their seats carries its group's name. */
export function GroupFields({ stage, words, noteOf, onChange }: GroupFieldsProps): ReactElement {
  const { t } = useTranslation();
  const code = useCodeText();
  const groups = recordOf(recordOf(stage['resolver'])['groups']);
  const names = Object.keys(groups);
  const set = (name: string, resolver: Rec): void =>
    onChange(withGroups(stage, { ...groups, [name]: resolver }));
  return (
    <>
      {names.map((name) => {
        const resolver = recordOf(groups[name]);
        return (
          <fieldset key={name} className="policy-group">
            <legend>{t('policyStage.group', { name })}</legend>
            <TextField
              label={t('policyStage.groupName')}
              value={name}
              accepts={(text) => KEY.test(text)}
              onChange={(to) =>
                onChange(withGroups(stage, groupRenamed(groups, name, to), { from: name, to }))
              }
            />
            <Choice
              label={t('policyStage.resolver')}
              value={String(resolver['kind'])}
              options={GROUP_RESOLVERS.map((kind) => [kind, code('policyStage.resolverKind', kind)])}
              onChange={(kind) => set(name, resolverOf(kind as ResolverKind, resolver, words))}
            />
            <ResolverFields
              resolver={resolver}
              words={words}
              note={noteOf(`resolver/${name}`)}
              onChange={(next) => set(name, next)}
            />
            <Button
              className="policy-remove"
              disabled={names.length < 2}
              onClick={() => {
                const { [name]: _gone, ...rest } = groups;
                onChange(withGroups(stage, rest));
              }}
            >
              {t('policyStage.removeGroup')}
            </Button>
          </fieldset>
        );
      })}
      <div className="policy-wide">
        <Button
          onClick={() => onChange(withGroups(stage, groupAdded(groups, resolverOf('ROLE', {}, words))))}
        >
          {t('policyStage.addGroup')}
        </Button>
      </div>
    </>
  );
}
