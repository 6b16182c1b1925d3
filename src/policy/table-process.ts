import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
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
   * What the engine answers to each case, in order; null: it failed on it. Several batches may wait.
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
  const answers = new Answers(child);
  createInterface({ input: child.stdout }).on('line', (line) => answers.said(line));
  return {
    run: (cases) => {
      const said = answers.next();
      child.stdin.write(`${JSON.stringify(cases)}\n`);
      return said;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

interface Waiting {
  resolve: (answers: unknown[]) => void;
  reject: (error: Error) => void;
}

/** Answers come in the order of the questions; each has its time from when it is the first. */
class Answers {
  private readonly waiting: Waiting[] = [];
  private deadline: NodeJS.Timeout | null = null;
  private gone = false;

  constructor(private readonly child: ChildProcess) {
    child.once('close', () => this.ended()).once('error', () => this.ended());
  }

  next(): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.gone) return reject(crashed());
      this.waiting.push({ resolve, reject });
      if (this.waiting.length === 1) this.begin();
    });
  }

  said(line: string): void {
    this.waiting.shift()?.resolve(JSON.parse(line) as unknown[]);
    this.begin();
  }

  private begin(): void {
    if (this.deadline) clearTimeout(this.deadline);
    this.deadline =
      this.waiting.length === 0 ? null : setTimeout(() => this.child.kill('SIGKILL'), RUN_LIMITS.batchMs);
  }

  private ended(): void {
    this.gone = true;
    for (const { reject } of this.waiting.splice(0)) reject(crashed());
    this.begin();
  }
}

function crashed(): DomainError {
  return new DomainError('POLICY_ERROR', { reason: 'the table crashed or exhausted its time or memory' });
}
