import type { DataSource } from 'typeorm';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/notification/notices.js';
import { channelsOf, isOnByDefault, type PersonalChannel } from '../../domain/notification/preferences.js';
import type { QuietHours } from '../../domain/notification/quiet-hours.js';

/** Kinds that are told to persons; the other is for channels that many read. */
export const PERSONAL_KINDS = NOTICE_KINDS.filter((kind) => kind !== 'STAGE_DECIDED');

export interface NotificationSettings {
  email: string | null;
  locale: 'zh-CN' | 'en';
  quiet: QuietHours | null;
  matrix: { kind: NoticeKind; channel: PersonalChannel; enabled: boolean }[];
}

/** How a person wants to be told: every kind × channel, chosen or as it is by default. */
export async function notificationSettings(db: DataSource, personId: string): Promise<NotificationSettings> {
  const [person] = await db.query<(Omit<NotificationSettings, 'matrix' | 'quiet'> & Partial<QuietHours>)[]>(
    `SELECT email, locale, quiet_from AS "from", quiet_to AS "to" FROM employee WHERE id = $1`,
    [personId],
  );
  const chosen = await db.query<{ key: string; enabled: boolean }[]>(
    `SELECT kind || '/' || channel AS key, enabled FROM notification_preference WHERE person_id = $1`,
    [personId],
  );
  const choice = new Map(chosen.map(({ key, enabled }) => [key, enabled]));
  const { email = null, locale = 'zh-CN', from, to } = person ?? {};
  return {
    email,
    locale,
    quiet: from && to ? { from, to } : null,
    matrix: PERSONAL_KINDS.flatMap((kind) =>
      channelsOf(kind).map((channel) => ({
        kind,
        channel,
        enabled: choice.get(`${kind}/${channel}`) ?? isOnByDefault(kind, channel),
      })),
    ),
  };
}
