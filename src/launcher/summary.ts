import { SAVED_VIEWS, savedViewUrl } from '../workflows/messages.js';

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
