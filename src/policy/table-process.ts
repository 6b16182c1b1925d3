import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface, type Interface } from 'node:readline';
import { DomainError } from '../domain/errors.js';
import type { Json } from '../domain/json.js';
import type { Facts } from './facts.js';
import { numbered } from './numbered.js';
import { killIfTooLarge } from './trial.js';

export const RUN_LIMITS = { batchMs: 20_000, residentBytes: 512 * 1_024 * 1_024 } as const;

/** One line in: a batch of facts; one line out: the engine's answer to each, null where it failed. */
const CHILD = `
const { ZenEngine } = require(process.argv[1]);
const lines = require('node:readline').createInterface({ input: process.stdin });
let decision = null;
let turn = Promise.resolve();
const answer = async (line) => {
  if (decision === null) {
    decision = new ZenEngine().createDecision(Buffer.from(line));
    return;
  }
  const answers = [];
  for (const facts of JSON.parse(line)) {
    answers.push(await decision.evaluate(facts).then(({ result }) => result, () => null));
  }
  process.stdout.write(JSON.stringify(answers) + '\\n');
};
lines.on('line', (line) => { turn = turn.then(() => answer(line)).catch(() => process.exit(1)); });`;

/** A table that runs in a process of its own: what nobody has published yet may crash that, and nothing else. */
export interface TableProcess {
  /**
   * What the engine answers to each case, in order; null: it failed on it.
   * @throws DomainError POLICY_ERROR the process crashed, or ran out of time or memory
   */
  run(cases: readonly Facts[]): Promise<unknown[]>;
  stop(): void;
}

/** @param jdm a document that `readTable` has accepted */
export function startTableProcess(jdm: Json): TableProcess {
  const engine = createRequire(import.meta.url).resolve('@gorules/zen-engine');
  const child = spawn(process.execPath, ['--max-old-space-size=256', '-e', CHILD, engine], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const watch = setInterval(() => void killIfTooLarge(child, RUN_LIMITS.residentBytes), 250);
  child.once('close', () => clearInterval(watch));
  child.stdin.on('error', () => undefined).write(`${JSON.stringify(numbered(jdm))}\n`);
  const lines = createInterface({ input: child.stdout });
  return {
    run: (cases) => {
      const said = nextLine(child, lines);
      child.stdin.write(`${JSON.stringify(cases)}\n`);
      return said;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

function nextLine(child: ChildProcess, lines: Interface): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const failed = () => {
      settle();
      reject(
        new DomainError('POLICY_ERROR', { reason: 'the table crashed or exhausted its time or memory' }),
      );
    };
    const said = (line: string) => {
      settle();
      resolve(JSON.parse(line) as unknown[]);
    };
    const deadline = setTimeout(() => child.kill('SIGKILL'), RUN_LIMITS.batchMs);
    const settle = () => {
      clearTimeout(deadline);
      lines.off('line', said);
      child.off('close', failed).off('error', failed);
    };
    lines.once('line', said);
    child.once('close', failed).once('error', failed);
    if (child.exitCode !== null || child.signalCode !== null) failed();
  });
}
