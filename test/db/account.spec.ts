import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Logins } from '../../src/commands/auth/login.js';
import { testDatabase } from '../support/postgres.js';

let db: DataSource;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ dataSource: db, close } = await testDatabase({ seeded: true }));
});
afterAll(() => close());

interface Said {
  code: number;
  output: string;
}

/** `npm run account -- …` as its script runs it. */
async function account(args: string[], password?: string): Promise<Said> {
  const { url } = db.options as { url: string };
  const env = { ...process.env, DATABASE_URL: url, ...(password ? { SEALFLOW_PASSWORD: password } : {}) };
  const command = promisify(execFile)(process.execPath, ['dist/launcher/account-cli.js', ...args], { env });
  return command.then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, output: error.stderr }),
  );
}

const login = (username: string, password: string) =>
  new Logins(db).login({ username, password, address: '127.0.0.1' });

describe('npm run account', () => {
  it('makes the first administrator, who signs in with the password printed once', async () => {
    const { code, output } = await account(['root.admin', '--admin', 'Root Admin']);
    expect(code).toBe(0);
    const password = /signs in with (\S+)/.exec(output)![1]!;
    const { personId } = await login('root.admin', password);
    const grants = await db.query<unknown[]>(`SELECT role, unit_id FROM role_grant WHERE employee_id = $1`, [
      personId,
    ]);
    expect(grants).toEqual([{ role: 'ADMIN', unit_id: null }]);
    expect((await account(['root.admin', '--admin', 'Root Admin'])).output).toContain('ALREADY_EXISTS');
  });

  it('gives somebody a new password; the old one and all sessions end', async () => {
    const { personId } = await login('moses.frase', 'sealflow');
    expect((await account(['moses.frase'], 'a-much-longer-one')).code).toBe(0);
    await expect(login('moses.frase', 'sealflow')).rejects.toMatchObject({ code: 'BAD_CREDENTIALS' });
    const open = await db.query<unknown[]>(
      `SELECT 1 FROM session WHERE employee_id = $1 AND revoked_at IS NULL`,
      [personId],
    );
    expect(open).toEqual([]);
    expect((await login('moses.frase', 'a-much-longer-one')).personId).toBe(personId);
  });

  it.each([
    [['nobody.known'], undefined, 'NOT_FOUND'],
    [['moses.frase'], 'short', 'at least 12 characters'],
    [[], undefined, 'npm run account -- <username>'],
    [['Upper Case'], undefined, 'npm run account -- <username>'],
  ])('refuses %j in one line', async (args, password, said) => {
    const { code, output } = await account(args, password);
    expect(code).toBe(2);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(said);
  });
});
