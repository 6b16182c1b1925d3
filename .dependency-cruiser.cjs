/** The table of design §3 as failing checks. `type` means: `import type` only. */
const ALLOWED = {
  domain: ['domain'],
  policy: ['domain', 'policy'],
  db: ['domain', 'db'],
  commands: ['domain', 'policy', 'db', 'commands', 'workflows/messages'],
  queries: ['domain', 'db', 'queries'],
  workflows: ['domain', 'workflows', 'activities:type'],
  activities: [
    'domain',
    'policy',
    'commands',
    'queries',
    'workflows/messages',
    'activities',
    'integrations',
    'log',
  ],
  integrations: ['domain', 'integrations', 'log'],
  relay: ['domain', 'db', 'workflows/messages', 'relay', 'integrations', 'log'],
  api: ['domain', 'policy', 'commands', 'queries', 'workflows/messages', 'api', 'log'],
};
/** Targets that are one file. */
const FILES = new Set(['workflows/messages', 'log']);
/** Composition roots: they wire what the rest is made of, and nothing imports them. */
const ROOTS =
  '^src/(api/(main|openapi|create-app|app\\.module|settings-of-env|database\\.module)|worker|launcher/)';
const SPEC = '\\.spec\\.ts$';

const layerRules = Object.entries(ALLOWED).map(([from, to]) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `src/${from} may import ${to.join(', ')} (design §3)`,
  from: { path: `^src/${from}/`, pathNot: [ROOTS, SPEC] },
  to: {
    path: '^src/',
    pathNot: to.map((target) =>
      FILES.has(target) ? `^src/${target}\\.ts$` : `^src/${target.replace(':type', '')}/`,
    ),
  },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'activities-as-types',
      severity: 'error',
      comment: 'workflows may know activities only by type: a value import drags the world into the sandbox',
      from: { path: '^src/workflows/' },
      to: { path: '^src/activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflow-sandbox',
      severity: 'error',
      comment: 'entities, validators, database drivers and Node itself do not belong into the bundle',
      from: { path: '^src/(workflows|domain)/', pathNot: SPEC },
      to: {
        dependencyTypes: ['core', 'npm'],
        pathNot: 'node_modules/(@temporalio/(workflow|common)|decimal\\.js|luxon|canonicalize|@types/luxon)/',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'a cycle is two modules that are one',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'roots-are-roots',
      severity: 'error',
      comment: 'nothing imports main, worker or launcher',
      from: { path: '^src/', pathNot: '^src/(launcher/|worker)' },
      to: { path: '^src/(api/main|worker|launcher/)' },
    },
    {
      name: 'not-to-web-or-test',
      severity: 'error',
      from: { path: '^src/', pathNot: SPEC },
      to: { path: '^(web|test|bench)/' },
    },
    {
      name: 'config-as-argument',
      severity: 'error',
      comment: 'configuration enters as an argument',
      from: { path: '^src/(domain|policy|db|commands|queries|workflows|activities|relay)/' },
      to: { path: '^src/config/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
