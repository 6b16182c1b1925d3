/** What moved under a request: `id` says where to read it, `text` names it to people, e.g. `CNY 3`. */
export interface Reassessment {
  kind: 'PRICE_LIST' | 'COST' | 'FX' | 'REBATE' | 'CREDIT' | 'GROUP' | 'SNAPSHOT';
  id: string;
  text: string;
}

export interface FactChange {
  name: string;
  before: string;
  after: string;
}
