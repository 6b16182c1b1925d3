import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanPreview, PriceListView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { newLine, type DraftLine } from './draft.js';
import type { FieldErrors } from './field-errors.js';
import { LineRow } from './line-row.js';
import { PasteLines } from './paste-lines.js';

interface LinesEditorProps {
  lines: DraftLine[];
  currency: string;
  prices: PriceListView | undefined;
  priced: PlanPreview['lines'];
  errorAt: FieldErrors;
  onChange: (lines: DraftLine[]) => void;
}

export function LinesEditor(props: LinesEditorProps): ReactElement {
  const { lines, currency, prices, priced, errorAt, onChange } = props;
  const { t } = useTranslation();
  const replace = (at: number, line: DraftLine): void =>
    onChange(lines.map((old, i) => (i === at ? line : old)));
  return (
    <Panel
      title={t('editor.lines')}
      note={prices ? t('editor.priceList', { version: prices.version }) : null}
    >
      <ol className="lines">
        {lines.map((line, index) => (
          <LineRow
            key={line.rowKey}
            index={index}
            line={line}
            currency={currency}
            prices={prices}
            priced={priced?.[index]}
            errorAt={(member) => errorAt(`/lines/${index}/${member}`)}
            onChange={(next) => replace(index, next)}
            onRemove={lines.length > 1 ? () => onChange(lines.filter((_, i) => i !== index)) : undefined}
          />
        ))}
      </ol>
      {errorAt('/lines') ? <p className="field-error">{errorAt('/lines')}</p> : null}
      <div className="line-buttons">
        <Button onClick={() => onChange([...lines, newLine()])}>{t('editor.addLine')}</Button>
        <PasteLines lines={lines} prices={prices} onChange={onChange} />
      </div>
    </Panel>
  );
}
