import { answer, api } from '../api/client.js';
import type { ApprovalFigures, CounterfactualSla, FigureItems } from '../api/types.js';

export const GROUPINGS = ['STAGE', 'ROW', 'PERSON'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type FigureGroup = ApprovalFigures['groups'][number];
export type LostTime = ApprovalFigures['lost'][number];
export const KINDS = ['QUOTE', 'CONTRACT', 'GENERAL', 'REVOCATION', 'SPLIT'] as const;

export interface FigureFilter {
  from: string;
  to: string;
  kind: (typeof KINDS)[number] | undefined;
  unitId: string | undefined;
}

/** What is behind a figure: which figure, and of which stage, row or person. */
export interface FigureChoice {
  measure: 'DECIDED' | 'RUNNING' | 'SENT_BACK' | 'CLOSED' | 'RETURNED' | 'FIRST_PASS' | 'AUTO' | 'LOST';
  by?: Grouping;
  key?: string;
  cause?: LostTime['cause'];
}

export function fetchFigures(filter: FigureFilter, by: Grouping): Promise<ApprovalFigures> {
  return answer(api.GET('/api/v1/figures', { params: { query: { ...filter, by } } }));
}

export function fetchFigureItems(filter: FigureFilter, choice: FigureChoice): Promise<FigureItems> {
  return answer(api.GET('/api/v1/figures/items', { params: { query: { ...filter, ...choice } } }));
}

export function fetchCounterfactual(
  filter: FigureFilter,
  rung: string,
  atMinutes: number,
): Promise<CounterfactualSla> {
  return answer(
    api.GET('/api/v1/figures/counterfactual', { params: { query: { ...filter, rung, atMinutes } } }),
  );
}
