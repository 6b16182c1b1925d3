import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { BUNDLE, recorded } from './harness.js';
import { mutatedBundle } from './mutated-bundle.js';

const HISTORIES = readdirSync(new URL('./histories/', import.meta.url)).map((file) =>
  file.replace('.json', ''),
);

function replay(bundle: WorkflowBundleOption, name: string): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: bundle }, recorded(name), `replay/${name}`);
}

/** Fails in CI when a change would stop workflows that are waiting in production. */
describe('this version of the workflows', () => {
  it.each(HISTORIES)('AE-POL-4 replays %s', async (name) => {
    await replay(BUNDLE, name);
  });

  it('has a recorded history for every way a process ends', () => {
    expect(HISTORIES.sort()).toEqual([
      'absence-cancelled',
      'absence-over',
      'calendar-settled',
      'collect-ladder',
      'contract-archived',
      'contract-continued',
      'deals-continued',
      'deals-told',
      'deliver-after-quiet-hours',
      'deliver-failed',
      'deliver-retried',
      'general-approved',
      'general-cancelled',
      'general-effect-delay',
      'general-gone',
      'general-ladder-rejected',
      'general-postgres-away',
      'general-returned-expired',
      'general-returned-withdrawn',
      'general-revocation-compensated',
      'general-stalled-terminated',
      'prices-settled',
      'quote-cancelled',
      'quote-contract-lapsed',
      'quote-declined',
      'quote-effective',
      'quote-expired',
      'quote-forgotten',
      'quote-returned-rejected',
      'quote-signed-differently',
      'quote-superseded',
      'quote-withdrawn',
      'signing-expired',
      'signing-polled',
      'signing-withdrawn',
      'staff-left',
      'staff-role-ended',
    ]);
  });
});

describe('a version that takes its steps in another order', () => {
  let mutated: WorkflowBundleOption;
  beforeAll(async () => {
    mutated = await mutatedBundle();
  }, 60_000);

  it.each(['general-approved', 'general-ladder-rejected', 'quote-effective', 'quote-expired'])(
    'is caught by the history of %s',
    async (name) => {
      await expect(replay(mutated, name)).rejects.toBeInstanceOf(DeterminismViolationError);
    },
  );
});
