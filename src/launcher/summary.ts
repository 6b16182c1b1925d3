import { SEARCH } from '../workflows/messages.js';

export interface SavedView {
  name: string;
  query: string;
}

/** The lists operators open in the Temporal UI. It keeps saved views per browser, so they are given as URLs. */
export const SAVED_VIEWS: readonly SavedView[] = [
  { name: 'everything running', query: `ExecutionStatus="Running"` },
  {
    name: 'quotes in approval',
    query: `${SEARCH.stage.name}="quote-approval" AND ExecutionStatus="Running"`,
  },
  {
    name: 'contracts in review',
    query: `${SEARCH.stage.name}="contract-review" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for the customer',
    query: `${SEARCH.stage.name}="customer-answer" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for the sales manager',
    query: `${SEARCH.waitingOn.name}="manager" AND ExecutionStatus="Running"`,
  },
  {
    name: 'waiting for legal',
    query: `${SEARCH.waitingOn.name} IN ("legal","legal2") AND ExecutionStatus="Running"`,
  },
  { name: 'stuck', query: `${SEARCH.stuck.name} IS NOT NULL AND ExecutionStatus="Running"` },
  { name: 'failed or timed out', query: `ExecutionStatus IN ("Failed","TimedOut","Terminated")` },
];

export function savedViewUrl(uiUrl: string, view: SavedView): string {
  return `${uiUrl}/namespaces/default/workflows?query=${encodeURIComponent(view.query)}`;
}

export interface Summary {
  consoleUrl: string;
  temporalUi: string | null;
  dataDirectory: string;
}

const ACCOUNTS = [
  ['moses.frase', 'rep'],
  ['dustin.brinkmann', 'team lead'],
  ['director.central', 'regional director'],
  ['manager', 'sales manager'],
  ['finance, legal, credit, delivery', 'reviewers'],
  ['seal', 'seal keeper'],
  ['ops, admin, auditor', 'operations'],
] as const;

export function summaryText({ consoleUrl, temporalUi, dataDirectory }: Summary): string {
  const views = temporalUi
    ? SAVED_VIEWS.map((view) => `    ${view.name.padEnd(30)} ${savedViewUrl(temporalUi, view)}`)
    : ['    the Temporal given by TEMPORAL_ADDRESS'];
  return [
    '',
    `  Console      ${consoleUrl}`,
    `  API docs     ${consoleUrl}/api/docs`,
    ...(temporalUi ? [`  Temporal UI  ${temporalUi}`] : []),
    ...views,
    '',
    '  Demo accounts, password sealflow',
    ...ACCOUNTS.map(([names, what]) => `    ${names.padEnd(36)} ${what}`),
    '',
    `  Data and logs in ${dataDirectory}. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}
