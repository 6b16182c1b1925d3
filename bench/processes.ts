import { readdirSync, readFileSync } from 'node:fs';

const CLOCK_TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

export interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
  /** user + system CPU seconds of the process itself */
  cpuSeconds: number;
  residentBytes: number;
}

/** Every process below `root` (and itself), from /proc. */
export function processTree(root: number): ProcessInfo[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const inTree = new Set([root]);
  for (let grown = true; grown;) {
    const before = inTree.size;
    for (const info of all) if (inTree.has(info.parent)) inTree.add(info.pid);
    grown = inTree.size > before;
  }
  return all.filter((info) => inTree.has(info.pid));
}

function readProcess(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return {
      pid,
      parent: Number(fields[1]),
      command,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND,
      residentBytes: Number(fields[21]) * PAGE_BYTES,
    };
  } catch {
    return null; // gone between the listing and the read
  }
}

export function cpuSeconds(processes: readonly ProcessInfo[]): number {
  return processes.reduce((sum, { cpuSeconds: seconds }) => sum + seconds, 0);
}

/** Resident megabytes of the processes whose command line contains `part`. */
export function residentMb(processes: readonly ProcessInfo[], part: string): number {
  const bytes = processes
    .filter(({ command }) => command.includes(part))
    .reduce((sum, p) => sum + p.residentBytes, 0);
  return Math.round(bytes / 1_048_576);
}

/** The p-th percentile (nearest rank) of the samples; NaN when there are none. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}
