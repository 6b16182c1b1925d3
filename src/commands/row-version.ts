import { DomainError } from '../domain/errors.js';

/** @throws DomainError STALE_VERSION somebody changed it after the caller had read it */
export function mustBeVersion({ rowVersion }: { rowVersion: number }, expected: number): void {
  if (rowVersion !== expected) throw new DomainError('STALE_VERSION', { currentVersion: rowVersion });
}
