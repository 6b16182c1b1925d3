import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceListView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { Sheet } from '../ui/sheet.js';
import type { DraftLine } from './draft.js';
import { readPasted, withoutPasted } from './pasted.js';

interface PasteLinesProps {
  lines: DraftLine[];
  prices: PriceListView | undefined;
  onChange: (lines: DraftLine[]) => void;
}

/** Lines from a spreadsheet, what is wrong said row by row before anything is taken over; the last paste can be undone. */
export function PasteLines({ lines, prices, onChange }: PasteLinesProps): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const [pasted, setPasted] = useState<readonly DraftLine[]>([]);
  const rows = prices ? readPasted(text, prices) : [];
  const good = rows.flatMap(({ line }) => (line ? [line] : []));
  const bad = rows.filter(({ problem }) => problem !== null);
  const take = (): void => {
    setPasted(good);
    onChange([...lines.filter(({ productId }) => productId !== ''), ...good]);
    setText('');
    setIsOpen(false);
  };
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t('paste.open')}</Button>
      {pasted.length > 0 ? (
        <Button
          onClick={() => {
            onChange(withoutPasted(lines, pasted));
            setPasted([]);
          }}
        >
          {t('paste.undo')}
        </Button>
      ) : null}
      {isOpen ? (
        <Sheet title={t('paste.title')} onClose={() => setIsOpen(false)}>
          <Field label={t('paste.block')} hint={t('paste.hint')}>
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={8}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          {bad.length > 0 ? (
            <div role="alert">
              <ul className="paste-problems">
                {bad.map(({ row, text: source, problem }) => (
                  <li key={row} className="field-error">
                    {t(`paste.problem.${problem ?? 'PRODUCT'}`, {
                      row,
                      text: source.replaceAll('\t', ' · '),
                    })}
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
          <div className="sheet-buttons">
            <Button onClick={() => setIsOpen(false)}>{t('app.cancel')}</Button>
            <Button type="primary" disabled={good.length === 0} onClick={take}>
              {t('paste.take', { count: good.length })}
            </Button>
          </div>
        </Sheet>
      ) : null}
    </>
  );
}
