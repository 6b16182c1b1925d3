const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
});

export default {
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts']),
    project('db', ['<rootDir>/test/db/**/*.spec.ts']),
    project('api', ['<rootDir>/test/api/**/*.spec.ts']),
    project('workflows', ['<rootDir>/test/workflows/**/*.spec.ts']),
    project('launcher', ['<rootDir>/test/launcher/**/*.spec.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('web', ['<rootDir>/test/web/**/*.spec.ts']),
  ],
};
