import { sumAmounts } from '../../domain/money.js';
import { readAll, type HttpSession } from '../http-session.js';
import type { DealOutcome } from './deal-run.js';

/** What operators see stuck. */
export interface Stuck {
  requestId: string | null;
  cause: string;
  title: string;
}

export function readStuck(ops: HttpSession): Promise<Stuck[]> {
  return readAll<Stuck>(ops, '/ops/stuck');
}

export interface PipelineReport {
  text: string;
  /** every contract is effective and no request waits without somebody who can act */
  isClean: boolean;
}

/** The figures of a demo run, as a table. */
export function pipelineReport(
  outcomes: readonly DealOutcome[],
  stuck: readonly Stuck[],
  elapsedMs: number,
): PipelineReport {
  const done = outcomes.filter(({ stoppedAt }) => stoppedAt === null);
  const left = outcomes.filter(({ stoppedAt }) => stoppedAt !== null);
  const seatless = stuck.filter(({ requestId }) => requestId !== null);
  const currency = done[0]?.currency ?? '';
  const lines = [
    '',
    `${'lane'.padEnd(64)} quotes  median ms to approval  median ms to effect`,
    ...byLane(outcomes).map(
      ([lane, deals]) =>
        `${lane.padEnd(64)} ${pad(deals.length, 6)}  ${pad(median(deals, 'approvalMs'), 21)}  ${pad(median(deals, 'cycleMs'), 19)}`,
    ),
    '',
    `deals                                  ${outcomes.length}`,
    `effective contracts                    ${done.length}, ${sumAmounts(done.map(({ total }) => total ?? '0')).toFixed(2)} ${currency}`,
    `decisions                              ${outcomes.reduce((sum, { approvers }) => sum + approvers, 0)}`,
    `close value above list, no discount    ${outcomes.filter(({ isClamped }) => isClamped).length}`,
    `median cycle, draft to effect          ${median(done, 'cycleMs')} ms`,
    `elapsed                                ${(elapsedMs / 1000).toFixed(1)} s`,
    `deals left on the way                  ${left.length}`,
    ...left.slice(0, 10).map(({ number, stoppedAt }) => `  ${number}: ${stoppedAt ?? ''}`),
    `requests without a live seat           ${seatless.length}`,
    ...seatless.slice(0, 10).map(({ cause, title }) => `  ${cause}: ${title}`),
    '',
  ];
  return { text: lines.join('\n'), isClean: left.length === 0 && seatless.length === 0 };
}

function byLane(outcomes: readonly DealOutcome[]): [string, DealOutcome[]][] {
  const lanes = new Map<string, DealOutcome[]>();
  for (const outcome of outcomes) lanes.set(outcome.lane, [...(lanes.get(outcome.lane) ?? []), outcome]);
  return [...lanes].sort(([, a], [, b]) => b.length - a.length);
}

function median(outcomes: readonly DealOutcome[], field: 'approvalMs' | 'cycleMs'): string {
  const values = outcomes.flatMap((outcome) => outcome[field] ?? []).sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)];
  return middle === undefined ? '–' : middle.toFixed(0);
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
