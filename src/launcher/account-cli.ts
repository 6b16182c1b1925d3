import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { createAdministrator, setPassword } from '../commands/org/account.js';
import { systemActor } from '../domain/actor.js';
import { openDatabase, operatorDatabaseUrl } from './database.js';
import { LaunchFailure } from './failure.js';

/**
 * `npm run account -- <username> [--admin "<full name>"]`: gives the person a new password and prints it, once. With
 * `--admin` the person is created first, with the role ADMIN: the way into an installation without the demo company.
 * Reaches DATABASE_URL, else the database of a running `npm start`. SEALFLOW_PASSWORD names the password instead.
 */
async function run([username, option, name]: readonly string[]): Promise<string> {
  const creates = option === '--admin' && name !== undefined;
  if (
    username === undefined ||
    !/^[a-z0-9][a-z0-9._-]{0,79}$/.test(username) ||
    (option !== undefined && !creates)
  )
    throw new LaunchFailure(
      'npm run account needs a username',
      'npm run account -- <username> [--admin "<full name>"]',
    );
  const given = process.env['SEALFLOW_PASSWORD'];
  const password = given ?? randomBytes(15).toString('base64url');
  if (password.length < 12)
    throw new LaunchFailure('SEALFLOW_PASSWORD is too short', 'give at least 12 characters');
  const db = await openDatabase(operatorDatabaseUrl(), 'sealflow-account');
  const meta = {
    actor: systemActor('operator'),
    key: randomUUID(),
    scope: `account/${username}`,
    body: null,
    correlationId: null,
  };
  try {
    if (creates) await createAdministrator(db, meta, { username, name, password });
    else await setPassword(db, meta, { username, password });
  } finally {
    await db.destroy();
  }
  return given === undefined
    ? `${username} signs in with ${password}`
    : `${username} signs in with the password given`;
}

run(process.argv.slice(2)).then(
  (line) => process.stdout.write(`${line}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
