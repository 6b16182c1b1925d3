import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readRequestLog, type LogEntry, type RequestLog } from '../../src/commands/audit/request-log.js';
import { eventDigest } from '../../src/commands/events.js';
import type { Separation } from '../../src/domain/approval/separation-rules.js';
import { verifySod } from '../../src/launcher/verify-sod.js';
import { Desk } from '../builders/approval-desk.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const EVERYTHING: readonly Separation[] = [
  { kind: 'NOT_INITIATOR' },
  { kind: 'NOT_BENEFICIARY' },
  { kind: 'NOT_REPORT_OF_INITIATOR' },
  { kind: 'DISTINCT', stages: ['A', 'B'] },
  { kind: 'NOT_BOTH', roles: ['FINANCE', 'LEGAL'] },
  { kind: 'MIN_PERSONS', count: 2 },
];

let database: TestDatabase;
let log: RequestLog;
const folder = mkdtempSync(join(tmpdir(), 'sealflow-sod-'));
const file = join(folder, 'log.json');
beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  const desk = await Desk.over(database.dataSource);
  const stages = [desk.seats('A', ['dustin.brinkmann']), desk.seats('B', ['legal'], { rank: 2 })];
  const subject = await desk.subject(await desk.policy(stages, { separation: EVERYTHING }));
  desk.subjects.set(subject.id, { ...subject, beneficiaryIds: [desk.id('credit')] });
  const { requestId } = (await desk.submit(subject)).value;
  await desk.vote(requestId, 'dustin.brinkmann', 'APPROVE');
  await desk.vote(requestId, 'legal', 'APPROVE');
  log = (await readRequestLog(database.dataSource, requestId))!;
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const sealflow = (...args: string[]) =>
  spawnSync(process.execPath, ['bin/sealflow.mjs', 'verify-sod', ...args], {
    env: { ...process.env, DATABASE_URL: database.url },
    encoding: 'utf8',
  });

type Path = readonly (string | number)[];

/** Every place in a value where a text or a flag stands. */
function leaves(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...at, key]));
}

/** A copy of the log with another value at one place of one event. */
function mutated(seq: number, path: Path): RequestLog {
  const copy = structuredClone(log);
  let place = copy.events.find((event) => event.seq === seq)!.payload as Record<string, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  place[last] = typeof place[last] === 'string' ? `${place[last]}x` : place[last] !== true;
  return copy;
}

/** As whoever owns the database would hide it: with hashes that fit. */
function rechained(changed: RequestLog): RequestLog {
  let prevHash = '0'.repeat(64);
  const events = changed.events.map((event): LogEntry => {
    const { prevHash: _, hash: __, ...rest } = event;
    const body = { ...rest, aggregate: `request/${changed.requestId}` };
    const hash = eventDigest(Buffer.from(prevHash, 'hex'), body).toString('hex');
    const next = { ...event, prevHash, hash };
    prevHash = hash;
    return next;
  });
  return { ...changed, events, head: { seq: changed.head.seq, hash: prevHash } };
}

const decisions = () => log.events.filter(({ type }) => type === 'seat.decided');
const inputsOf = ({ seq, payload }: LogEntry) =>
  (payload['separation'] as unknown as { inputs: object }[]).flatMap(({ inputs }, index) =>
    leaves(inputs, ['separation', index, 'inputs']).map((path) => ({ seq, path })),
  );

describe('AE-SOD-5 npx sealflow verify-sod', () => {
  it('a request as it was written holds: every constraint of every approval', () => {
    expect(verifySod(log)).toEqual({ decisions: 2, judged: 12, bad: null, firstBadSeq: null });
  });

  it('any input changed makes it fail, and names the approval', () => {
    const all = decisions().flatMap(inputsOf);
    expect(all.length).toBeGreaterThan(40);
    for (const { seq, path } of all)
      expect([path, verifySod(mutated(seq, path)).bad?.seq]).toEqual([path, seq]);
  });

  it('also when the hashes were made to fit: who acted, for whom, and whom they were held against', () => {
    const found = decisions()
      .flatMap(inputsOf)
      .filter(({ path }) => path.includes('acting') || path.includes('others') || path.includes('completes'));
    for (const { seq, path } of found) {
      const { bad, firstBadSeq } = verifySod(rechained(mutated(seq, path)));
      expect([path, bad?.seq, firstBadSeq]).toEqual([path, seq, null]);
    }
  });

  it('an approval taken out of the log is missed', () => {
    const events = log.events.filter(({ seq }) => seq !== decisions()[0]!.seq);
    expect(verifySod({ ...log, events })).toMatchObject({ firstBadSeq: decisions()[0]!.seq });
  });

  it('reads a database, or offline the file it saved', () => {
    const online = sealflow(log.requestId, '--save', file);
    expect([online.status, online.stdout]).toEqual([0, expect.stringContaining('duties were separated')]);
    expect(sealflow('--file', file).status).toBe(0);
    const seq = decisions()[1]!.seq;
    const saved = JSON.parse(readFileSync(file, 'utf8')) as RequestLog;
    expect(saved).toEqual(log);
    writeFileSync(file, JSON.stringify(mutated(seq, ['separation', 3, 'inputs', 'others', 0, 'personId'])));
    const { status, stdout } = sealflow('--file', file);
    expect([status, stdout]).toEqual([1, expect.stringContaining(`BAD approval at seq ${seq}`)]);
  });

  it.each([
    [['nonsense'], 'does not know'],
    [['01890000-0000-7000-8000-000000000000'], 'there is no request'],
    [['--file', join(folder, 'missing.json')], 'no such file'],
    [['--file', 'package.json'], 'is no log of a request'],
  ])('%j could not be looked at: 2', (args, text) => {
    const { status, stderr } = sealflow(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(text)]);
  });
});
