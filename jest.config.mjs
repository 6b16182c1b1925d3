// Requests and activities log as in production; a test run shows only what is broken.
process.env.LOG_LEVEL ??= 'fatal';

const DATABASE = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  ...more,
});

export default {
  testTimeout: 20_000, // for a busy machine; no test waits for time to pass
  workerIdleMemoryLimit: '1500MB', // modules of ended specs stay in a worker's memory
  projects: [
    project('unit', [
      '<rootDir>/src/**/*.spec.ts',
      '<rootDir>/web/src/**/*.spec.ts',
      '<rootDir>/test/docs/**/*.spec.ts',
    ]),
    project('db', ['<rootDir>/test/db/**/*.spec.ts'], DATABASE),
    project('api', ['<rootDir>/test/api/**/*.spec.ts'], DATABASE),
    project('workflows', ['<rootDir>/test/workflows/**/*.spec.ts'], DATABASE),
    project('launcher', ['<rootDir>/test/launcher/**/*.spec.ts'], DATABASE),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts'], DATABASE),
    project('web', ['<rootDir>/test/web/**/*.spec.ts'], DATABASE),
  ],
};
