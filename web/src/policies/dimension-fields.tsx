import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { DIRECTIONS, dimensionOf, listedIn, withAuthority, withItem, type Direction } from './rules-model.js';
import { Check, Choice, KEY, TextField, type FieldNote } from './stage-fields.js';
import { textsOf, withFields } from './stage-model.js';
import { listOf, type Rec } from './stage-order-model.js';
import type { PolicyInput } from './table-model.js';

interface DimensionFieldsProps {
  stage: Rec;
  inputs: readonly PolicyInput[];
  noteOf: (field: string) => FieldNote;
  set: (fields: Rec) => void;
}

/** What the stage's approvals bind, and how far its approvers may go beyond what they see. */
export function DimensionFields({ stage, inputs, noteOf, set }: DimensionFieldsProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const text = useServerText();
  const dimensions = listOf(stage, 'envelope');
  const change = (index: number, item: Rec | null): void =>
    set({ envelope: withItem(dimensions, index, item) });
  const titleOf = (name: string): string =>
    text(inputs.find((input) => input.name === name)?.label ?? words('document', name));
  return (
    <>
      <p className="policy-wide small quiet">{t('policyRule.envelopeNote')}</p>
      {dimensions.map((dimension, index) => (
        <fieldset key={String(dimension['name'])} className="policy-group">
          <legend>{titleOf(String(dimension['name']))}</legend>
          <DimensionItem
            dimension={dimension}
            note={noteOf(String(dimension['name']))}
            taken={dimensions.map(({ name }) => String(name))}
            change={(next) => change(index, next)}
          />
          <Button className="policy-remove" onClick={() => change(index, null)}>
            {t('policyRule.removeDimension')}
          </Button>
        </fieldset>
      ))}
      <div className="policy-wide">
        <Choice
          label={t('policyRule.addDimension')}
          value=""
          options={[
            ['', t('policyRule.choose')],
            ...inputs
              .filter(({ name }) => !dimensions.some((one) => one['name'] === name))
              .map(({ name, label }) => [name, text(label)] as const),
          ]}
          onChange={(name) => change(dimensions.length, { name, direction: 'SAME' })}
        />
      </div>
    </>
  );
}

interface DimensionItemProps {
  dimension: Rec;
  note: FieldNote;
  taken: readonly string[];
  change: (dimension: Rec) => void;
}

function DimensionItem({ dimension, note, taken, change }: DimensionItemProps): ReactElement {
  const { t } = useTranslation();
  const direction = String(dimension['direction']);
  const counts = direction === 'AT_MOST' || direction === 'AT_LEAST';
  const byAuthority = dimension['byAuthority'] === true;
  const widest = dimension['widest'];
  const set = (fields: Rec): void => change(withFields(dimension, fields));
  const listOrNone = (text: string): string[] | undefined =>
    listedIn(text).length > 0 ? listedIn(text) : undefined;
  return (
    <>
      <TextField
        label={t('policyRule.dimension')}
        value={String(dimension['name'])}
        accepts={(name) => KEY.test(name) && !taken.includes(name)}
        onChange={(name) => set({ name })}
        {...(note.error ? note : { hint: t('policyRule.dimensionHint') })}
      />
      <Choice
        label={t('policyRule.direction')}
        value={direction}
        options={DIRECTIONS.map((one) => [one, t(`policyRule.directionKind.${one}`)])}
        onChange={(next) => change(dimensionOf(next as Direction, dimension))}
      />
      {counts && !byAuthority ? (
        <TextField
          label={t('policyRule.order')}
          value={textsOf(dimension['order']).join(', ')}
          hint={t('policyRule.orderHint')}
          onChange={(text) => set({ order: listOrNone(text) })}
        />
      ) : null}
      {direction === 'SAME' || byAuthority ? null : (
        <TextField
          label={t('policyRule.widest')}
          value={Array.isArray(widest) ? textsOf(widest).join(', ') : String(widest ?? '')}
          hint={t('policyRule.widestHint')}
          onChange={(text) =>
            set({ widest: direction === 'WITHIN' ? listOrNone(text) : text.trim() || undefined })
          }
        />
      )}
      <div className="policy-wide policy-checks">
        <Check
          label={t('policyRule.money')}
          checked={dimension['money'] === true}
          onChange={(on) => set({ money: on ? true : undefined })}
        />
        {direction === 'AT_MOST' ? (
          <Check
            label={t('policyRule.byAuthority')}
            checked={byAuthority}
            onChange={(on) => change(withAuthority(dimension, on))}
          />
        ) : null}
      </div>
    </>
  );
}
