import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DomainError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { Fact } from './facts.js';

/** One cell to run by itself: unlike a whole table, a single expression does report its errors. */
export interface Probe {
  at: string;
  field: string;
  cell: string;
  facts: Readonly<Record<string, Fact>>;
}

export const TRIAL_LIMITS = { timeoutMs: 2_000, residentBytes: 256 * 1_024 * 1_024 } as const;

/** Runs in the child: a native crash ends it and nothing else. Answers are positions only, never the engine's text. */
const CHILD = `
const { ZenEngine, evaluateExpressionSync, evaluateUnaryExpressionSync } = require(process.argv[1]);
let text = '';
process.stdin.setEncoding('utf8').on('data', (part) => (text += part)).on('end', async () => {
  const { jdm, probes } = JSON.parse(text);
  const failed = [];
  for (const [index, probe] of probes.entries()) {
    try {
      const value = evaluateExpressionSync(probe.field, probe.facts);
      const facts = { ...probe.facts, $: value };
      // a cell that names $ is an expression of its own: as a cell, any answer but true would be a silent no-match
      const run = probe.cell.includes('$') ? evaluateExpressionSync : evaluateUnaryExpressionSync;
      const answer = run(probe.cell, facts);
      if (typeof answer !== 'boolean') failed.push(index);
    } catch { failed.push(index); }
  }
  let table = true;
  try {
    const decision = new ZenEngine().createDecision(jdm);
    if (probes[0]) await decision.evaluate(probes[0].facts, { trace: true });
  } catch { table = false; }
  process.stdout.write(JSON.stringify({ failed, table }));
});`;

/**
 * First run of a table that nobody has published yet, in a process of its own with a time and memory limit.
 * @returns the probes that failed
 * @throws DomainError POLICY_ERROR the child crashed, ran out of time or memory, or the table does not load
 */
export async function runTrial(jdm: Json, probes: readonly Probe[]): Promise<Probe[]> {
  const engine = createRequire(import.meta.url).resolve('@gorules/zen-engine');
  const child = spawn(process.execPath, ['--max-old-space-size=256', '-e', CHILD, engine], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answer = await guarded(child, JSON.stringify({ jdm, probes }));
  if (!answer.table) throw new DomainError('POLICY_ERROR', { reason: 'the engine does not run the table' });
  return answer.failed.flatMap((index) => probes[index] ?? []);
}

async function guarded(child: ChildProcess, input: string): Promise<{ failed: number[]; table: boolean }> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), TRIAL_LIMITS.timeoutMs);
  const watch = setInterval(() => void killIfTooLarge(child), 50);
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
    return JSON.parse(output) as { failed: number[]; table: boolean };
  } catch {
    throw new DomainError('POLICY_ERROR', { reason: 'the table crashed or exhausted its trial run' });
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
  }
}

/** Native memory is outside V8's own limit; where /proc exists the whole process is measured. */
async function killIfTooLarge(child: ChildProcess): Promise<void> {
  const statm = await readFile(`/proc/${child.pid}/statm`, 'utf8').catch(() => '');
  const residentPages = Number(statm.split(' ')[1] ?? 0);
  if (residentPages * 4_096 > TRIAL_LIMITS.residentBytes) child.kill('SIGKILL');
}
