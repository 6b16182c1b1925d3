import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchFailure } from './failure.js';

const TAIL_LINES = 8;

export interface ChildOptions {
  /** as people know it: `worker` */
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  logFile: string;
  /** answers true once the child serves */
  ready: () => Promise<boolean>;
  readyTimeoutMs: number;
}

export interface RunningChild {
  name: string;
  pid: number;
  /** settles when the process ended, however */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGTERM, and SIGKILL when that takes longer than `graceMs` */
  stop: (graceMs: number) => Promise<void>;
}

/**
 * Starts one part of the system in its own process group, so that a Ctrl-C in the terminal reaches only the launcher,
 * which then stops the parts in order. Its output goes to a file.
 * @throws LaunchFailure when it ends or stays silent before it is ready, with its last lines
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    env: { ...process.env, ...options.env },
    // the child sees its stdin close when the launcher dies, even by SIGKILL
    stdio: ['pipe', log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  const running = {
    name: options.name,
    pid: child.pid ?? -1,
    exited,
    stop: (graceMs: number) => stop(child, exited, graceMs),
  };
  await untilReady(options, running);
  return running;
}

async function untilReady(options: ChildOptions, child: RunningChild): Promise<void> {
  let ended: { code: number | null } | null = null;
  void child.exited.then((how) => (ended = how));
  const deadline = performance.now() + options.readyTimeoutMs;
  while (!(await options.ready())) {
    if (ended) throw new LaunchFailure(`${options.name} ended while starting`, lastLines(options.logFile));
    if (performance.now() > deadline) {
      await child.stop(1_000);
      throw new LaunchFailure(
        `${options.name} was not ready after ${options.readyTimeoutMs / 1000} s`,
        lastLines(options.logFile),
      );
    }
    await sleep(50);
  }
}

/** Where to look, and the end of what was said there. */
export function lastLines(logFile: string): string {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
    return `see ${logFile}\n${lines.map((line) => `    ${line.slice(0, 300)}`).join('\n')}`;
  } catch {
    return `see ${logFile}`;
  }
}

async function stop(child: ChildProcess, exited: Promise<unknown>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const inTime = await Promise.race([exited.then(() => true), sleep(graceMs, false, { ref: false })]);
  if (inTime) return;
  child.kill('SIGKILL');
  await exited;
}
