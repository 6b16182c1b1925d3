import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DomainError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { Facts } from './facts.js';

/** One cell to run by itself: unlike a whole table, a single expression does report its errors. */
export interface Probe {
  at: string;
  field: string;
  cell: string;
  facts: Facts;
}

/** Time is processor time, so that a busy machine refuses nothing; only a child that does not run at all meets `waitMs`. */
export const TRIAL_LIMITS = {
  processorMs: 2_000,
  waitMs: 60_000,
  residentBytes: 256 * 1_024 * 1_024,
  cellMs: 50,
} as const;

/** What the child says of the probes, in their order. */
export interface Trial {
  /** whether the cell held; null: it gave no answer */
  answers: readonly (boolean | null)[];
  /** the first probe of each cell that took too long */
  slow: readonly Probe[];
}

/** Runs in the child: a native crash ends it and nothing else. Answers are positions only, never the engine's text. */
const CHILD = `
const { ZenEngine, evaluateExpressionSync, evaluateUnaryExpressionSync } = require(process.argv[1]);
let text = '';
process.stdin.setEncoding('utf8').on('data', (part) => (text += part)).on('end', async () => {
  const { jdm, probes, sample, slowMs } = JSON.parse(text);
  const answerOf = (probe) => {
    const value = evaluateExpressionSync(probe.field, probe.facts);
    const facts = { ...probe.facts, $: value };
    // a cell that names $ is an expression of its own: as a cell, any answer but true would be a silent no-match
    const run = probe.cell.includes('$') ? evaluateExpressionSync : evaluateUnaryExpressionSync;
    const answer = run(probe.cell, facts);
    return typeof answer === 'boolean' ? answer : null;
  };
  const busyMs = () => process.cpuUsage().user / 1_000;
  const slow = [];
  const answers = probes.map((probe, index) => {
    try {
      const started = busyMs();
      const answer = answerOf(probe);
      if (busyMs() - started < slowMs) return answer;
      const again = busyMs();
      answerOf(probe);
      if (busyMs() - again >= slowMs) slow.push(index);
      return answer;
    } catch { return null; }
  });
  let table = true;
  try {
    const decision = new ZenEngine().createDecision(jdm);
    await decision.evaluate(sample, { trace: true });
  } catch { table = false; }
  process.stdout.write(JSON.stringify({ answers, slow, table }));
});`;

interface Said {
  answers: (boolean | null)[];
  slow: number[];
  table: boolean;
}

/**
 * First run of a table that nobody has published yet, in a process of its own with a time and memory limit.
 * @param sample a case with every declared input, to run the table as a whole
 * @throws DomainError POLICY_ERROR the child crashed, ran out of time or memory, or the table does not load
 */
export async function runTrial(jdm: Json, probes: readonly Probe[], sample: Facts): Promise<Trial> {
  const engine = createRequire(import.meta.url).resolve('@gorules/zen-engine');
  const child = spawn(process.execPath, ['--max-old-space-size=256', '-e', CHILD, engine], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const said = await guarded(child, JSON.stringify({ jdm, probes, sample, slowMs: TRIAL_LIMITS.cellMs }));
  if (!said.table) throw new DomainError('POLICY_ERROR', { reason: 'the engine does not run the table' });
  return {
    answers: said.answers,
    slow: firstOfEach(said.slow.flatMap((index) => probes[index] ?? [])),
  };
}

function firstOfEach(probes: readonly Probe[]): Probe[] {
  const seen = new Set<string>();
  return probes.filter(({ at }) => !seen.has(at) && seen.add(at));
}

async function guarded(child: ChildProcess, input: string): Promise<Said> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), TRIAL_LIMITS.waitMs);
  const watch = setInterval(() => {
    void killIfTooLarge(child, TRIAL_LIMITS.residentBytes);
    void killIfTooLong(child, TRIAL_LIMITS.processorMs);
  }, 50);
  try {
    const output = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part));
      child.stdin?.on('error', () => undefined).end(input);
      child.on('error', reject);
      child.on('close', (code, signal) =>
        code === 0 ? resolve(text) : reject(new Error(`trial ended by ${signal ?? code}`)),
      );
    });
    return JSON.parse(output) as Said;
  } catch {
    throw new DomainError('POLICY_ERROR', { reason: 'the table crashed or exhausted its trial run' });
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
  }
}

/** Native memory is outside V8's own limit; where /proc exists the whole process is measured. */
export async function killIfTooLarge(child: ChildProcess, residentBytes: number): Promise<void> {
  const statm = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '');
  const residentPages = Number(statm.split(' ')[1] ?? 0);
  if (residentPages * 4_096 > residentBytes) child.kill('SIGKILL');
}

const TICK_MS = 10;

/** Where /proc exists: the processor time of the whole process, in user and system mode (fields 14 and 15 of its stat). */
async function killIfTooLong(child: ChildProcess, processorMs: number): Promise<void> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  if (ticks * TICK_MS > processorMs) child.kill('SIGKILL');
}
