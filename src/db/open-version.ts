import { OPEN_VERSION } from '../domain/contract/amendment.js';

/** SQL: the version is a change under way. @param alias of contract_version */
export const isOpenVersion = (alias: string): string =>
  `${alias}.state IN (${OPEN_VERSION.map((state) => `'${state}'`).join(', ')})`;
