import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { NoticeKind } from '../../domain/notification/notices.js';
import type { PersonalChannel } from '../../domain/notification/preferences.js';
import type { QuietHours } from '../../domain/notification/quiet-hours.js';
import { lockHistory, record } from '../org/history.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';

export interface SettingsChange {
  email: string | null;
  locale: 'zh-CN' | 'en';
  quiet: QuietHours | null;
  matrix: readonly { kind: NoticeKind; channel: PersonalChannel; enabled: boolean }[];
}

/** A person says how they want to be told. Only what they chose is stored; the chain keeps that it changed, not the address. */
export function changeSettings(
  db: DataSource,
  meta: CommandMeta,
  change: SettingsChange,
): Promise<Answer<null>> {
  const { email, locale, quiet, matrix } = change;
  return runCommand(db, meta, async (tx) => {
    const head = await lockHistory(tx, 'employee', meta.actor.id);
    await tx.query(
      `UPDATE employee SET email = $2, locale = $3, quiet_from = $4, quiet_to = $5 WHERE id = $1`,
      [meta.actor.id, email, locale, quiet?.from ?? null, quiet?.to ?? null],
    );
    await tx.query(
      `INSERT INTO notification_preference (person_id, kind, channel, enabled)
       SELECT $1, m.kind, m.channel, m.enabled
       FROM jsonb_to_recordset($2::jsonb) AS m(kind varchar, channel varchar, enabled boolean)
       ON CONFLICT (person_id, kind, channel) DO UPDATE SET enabled = excluded.enabled`,
      [meta.actor.id, JSON.stringify(matrix)],
    );
    await record(tx, head, meta.actor, 'employee.notification-settings-changed', {
      locale,
      hasAddress: email !== null,
    });
    return null;
  });
}

/** Everything told up to and including `upToId` has been seen; ids are in order of time. @throws DomainError NOT_FOUND */
export function markRead(db: DataSource, meta: CommandMeta, upToId: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const own = await tx.query<unknown[]>(`SELECT 1 FROM notification WHERE id = $1 AND person_id = $2`, [
      upToId,
      meta.actor.id,
    ]);
    if (own.length === 0) throw new DomainError('NOT_FOUND');
    await tx.query(
      `UPDATE notification SET read_at = now() WHERE person_id = $1 AND id <= $2 AND read_at IS NULL`,
      [meta.actor.id, upToId],
    );
    return null;
  });
}
