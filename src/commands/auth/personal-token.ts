import type { DataSource } from 'typeorm';
import { personId } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { endSession, issueSession } from './session.js';

type Issued = { id: string; expiresAt: string };

/** A bearer token for the person's own programs. Command keys keep answers, so the token itself is no part of the answer. */
export async function issuePersonalToken(
  db: DataSource,
  meta: CommandMeta,
  name: string,
  days: number,
): Promise<{ issued: Answer<Issued>; token: string | null }> {
  let token: string | null = null;
  const issued = await runCommand<Issued>(db, meta, async (tx) => {
    const session = await issueSession(tx, {
      employeeId: owner(meta),
      kind: 'TOKEN',
      name,
      hours: days * 24,
    });
    token = session.token;
    return { id: session.id, expiresAt: session.expiresAt };
  });
  return { issued, token: issued.replayed ? null : token };
}

export function revokePersonalToken(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    await endSession(tx, owner(meta), id);
    return null;
  });
}

function owner(meta: CommandMeta): string {
  const id = personId(meta.actor);
  if (id === null) throw new DomainError('FORBIDDEN');
  return id;
}
