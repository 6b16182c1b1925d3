import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { DomainError } from '../../domain/errors.js';

const COST = { N: 16_384, r: 8, p: 5 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** libuv has 4 threads: logins may take half of them, the rest of the process keeps the others */
const PARALLEL = 2;
const MAX_WAITING = 40;

let running = 0;
const waiting: (() => void)[] = [];

/** Takes a turn, so that twenty logins at once do not stall everybody's decisions (V6.24). */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= PARALLEL) {
    if (waiting.length >= MAX_WAITING) throw new DomainError('COMMAND_BUSY', { retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { ...cost, maxmem: 64 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

/** `scrypt$N$r$p$salt$key`: cost travels with the hash, so it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await inTurn(() => derive(password, salt, COST));
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Against no hash it takes as long as against one: an unknown user is not told apart by time. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = (hash ?? nobody()).split('$');
  const expected = Buffer.from(key!, 'base64');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await inTurn(() => derive(password, Buffer.from(salt!, 'base64'), cost));
  return timingSafeEqual(actual, expected) && hash !== null;
}

function nobody(): string {
  return [
    'scrypt',
    COST.N,
    COST.r,
    COST.p,
    Buffer.alloc(SALT_BYTES).toString('base64'),
    Buffer.alloc(KEY_BYTES).toString('base64'),
  ].join('$');
}
