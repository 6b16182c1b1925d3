import { sumAmounts } from '../../domain/money.js';
import type { WalkOutcome } from './deal-walk.js';
import type { Stuck } from './pipeline-report.js';

export interface WalkReport {
  text: string;
  /** every deal is in the archive, every contract's plan sums to its total, and nothing waits without somebody who can act */
  isClean: boolean;
}

/** The figures of a walk: how many arrived, whether money adds up, how long deals stood at each stage. */
export function walkReport(
  outcomes: readonly WalkOutcome[],
  stuck: readonly Stuck[],
  elapsedMs: number,
): WalkReport {
  const archived = outcomes.flatMap((outcome) => outcome.archived ?? []);
  const left = outcomes.filter(({ stoppedAt }) => stoppedAt !== null);
  const uneven = archived.filter(({ total, plan }) => sumAmounts([total]).toFixed(2) !== plan);
  const seatless = stuck.filter(({ requestId }) => requestId !== null);
  const sumOf = (field: 'total' | 'plan') =>
    sumAmounts(archived.map((contract) => contract[field])).toFixed(2);
  const lines = [
    '',
    `${'stage'.padEnd(16)} left it  median s     p90 s`,
    ...stageTimes(outcomes).map(
      ({ stage, seconds }) =>
        `${stage.padEnd(16)} ${pad(seconds.length, 7)} ${pad(at(seconds, 0.5), 9)} ${pad(at(seconds, 0.9), 9)}`,
    ),
    '',
    `deals walked                   ${outcomes.length}`,
    `contracts in the archive       ${archived.length}`,
    `sum of contracts               ${sumOf('total')} CNY`,
    `sum of payment plans           ${sumOf('plan')} CNY`,
    `plans that do not sum          ${uneven.length}`,
    `decisions                      ${outcomes.reduce((sum, { approvers }) => sum + approvers, 0)}`,
    `elapsed                        ${(elapsedMs / 1000).toFixed(1)} s`,
    `deals left on the way          ${left.length}`,
    ...left.slice(0, 10).map(({ number, stoppedAt }) => `  ${number}: ${stoppedAt ?? ''}`),
    `requests without a live seat   ${seatless.length}`,
    ...seatless.slice(0, 10).map(({ cause, title }) => `  ${cause}: ${title}`),
    '',
  ];
  const isClean = archived.length === outcomes.length && uneven.length === 0 && seatless.length === 0;
  return { text: lines.join('\n'), isClean };
}

/** In the order deals pass the stages. */
function stageTimes(outcomes: readonly WalkOutcome[]): { stage: string; seconds: number[] }[] {
  const times = new Map<string, number[]>();
  for (const { stage, seconds } of outcomes.flatMap(({ stages }) => stages))
    times.set(stage, [...(times.get(stage) ?? []), seconds]);
  return [...times].map(([stage, seconds]) => ({ stage, seconds: seconds.sort((a, b) => a - b) }));
}

function at(sorted: readonly number[], part: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return value === undefined ? '–' : value.toFixed(2);
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
