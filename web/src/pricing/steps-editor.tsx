import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { PriceListDetail, PriceListEditBody } from '../api/types.js';
import { useFieldErrors } from '../quotes/field-errors.js';
import { FetchFailed } from '../ui/fetched.js';
import { MoneyText } from '../ui/money-text.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { editPriceList, fetchProducts } from './pricing.api.js';

interface Step {
  productId: string;
  minQty: string;
  list: string;
  floor: string;
}

const FIELDS = ['minQty', 'list', 'floor'] as const;

function stepsOf({ items }: PriceListDetail): Step[] {
  return items.flatMap(({ productId, list, floor = '', tiers }) => [
    { productId, minQty: '0', list, floor },
    ...tiers.map((tier) => ({ productId, minQty: tier.minQty, list: tier.list, floor: tier.floor ?? '' })),
  ]);
}

/** Prices by product and quantity; inputs as long as the version may be edited. */
export function StepsEditor({ list }: { list: PriceListDetail }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const titleOf = (field: (typeof FIELDS)[number]): string =>
    t(field === 'list' ? 'pricing.list_price' : `pricing.${field}`);
  const mayEdit = list.actions.includes('EDIT');
  const [steps, setSteps] = useState(() => stepsOf(list));
  const products = useQuery({ queryKey: ['catalogue', 'products'], queryFn: fetchProducts });
  const command = useCommand<PriceListEditBody, PriceListDetail>({
    run: (body, key) => editPriceList({ list, body }, key),
    onSuccess: () => toast(t('pricing.saved')),
  });
  const errorAt = useFieldErrors(command.error, []);
  const nameOf = (id: string): string =>
    products.data?.find((product) => product.id === id)?.name ??
    list.items.find(({ productId }) => productId === id)?.name ??
    '';
  const readOf = (field: (typeof FIELDS)[number], value: string): ReactElement | string =>
    field === 'minQty' || value === '' ? (
      value
    ) : (
      <MoneyText value={{ amount: value, currency: list.currency }} />
    );
  const change = (at: number, changes: Partial<Step>): void =>
    setSteps(steps.map((step, index) => (index === at ? { ...step, ...changes } : step)));
  const addAfter = (at: number): void =>
    setSteps([...steps.slice(0, at + 1), { ...steps[at]!, minQty: '' }, ...steps.slice(at + 1)]);
  return (
    <div className="stack">
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('pricing.items')}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{t('quote.product')}</th>
              {FIELDS.map((field) => (
                <th key={field} scope="col" className="num">
                  {titleOf(field)}
                </th>
              ))}
              {mayEdit ? <th scope="col">{t('pricing.steps')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {steps.map((step, index) => (
              <tr key={index}>
                <td>{nameOf(step.productId)}</td>
                {FIELDS.map((field) => (
                  <td key={field} className="num">
                    {mayEdit ? (
                      <input
                        className="input price-cell"
                        inputMode="decimal"
                        aria-label={`${nameOf(step.productId)} ${titleOf(field)} ${step.minQty}`}
                        aria-invalid={errorAt(`/items/${index}/${field}`) !== undefined}
                        value={step[field]}
                        onChange={(event) => change(index, { [field]: event.target.value })}
                      />
                    ) : (
                      readOf(field, step[field])
                    )}
                    {errorAt(`/items/${index}/${field}`) ? (
                      <p className="field-error small">{errorAt(`/items/${index}/${field}`)}</p>
                    ) : null}
                  </td>
                ))}
                {mayEdit ? (
                  <td>
                    <Button size="small" onClick={() => addAfter(index)}>
                      {t('pricing.addStep')}
                    </Button>{' '}
                    <Button
                      size="small"
                      aria-label={t('pricing.removeStep', {
                        name: nameOf(step.productId),
                        minQty: step.minQty,
                      })}
                      onClick={() => setSteps(steps.filter((_, other) => other !== index))}
                    >
                      ✕
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {mayEdit ? <FetchFailed query={products} /> : null}
      {mayEdit ? (
        <div className="price-buttons">
          <select
            className="input"
            aria-label={t('pricing.addProduct')}
            value=""
            onChange={(event) =>
              setSteps([...steps, { productId: event.target.value, minQty: '0', list: '', floor: '' }])
            }
          >
            <option value="">{t('pricing.addProduct')}</option>
            {(products.data ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button type="primary" loading={command.isPending} onClick={() => command.mutate({ items: steps })}>
            {t('editor.save')}
          </Button>
        </div>
      ) : null}
      <ProblemNote error={command.error} />
    </div>
  );
}
