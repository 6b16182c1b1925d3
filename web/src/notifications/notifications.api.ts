import { answer, api } from '../api/client.js';
import type { NotificationSettings, NotificationView, Page, UnreadCount } from '../api/types.js';

export function fetchNotifications(
  unread: boolean,
  cursor: string | undefined,
): Promise<Page<NotificationView>> {
  return answer(
    api.GET('/api/v1/me/notifications', {
      params: { query: { cursor, ...(unread ? { unread } : {}) } },
    }),
  );
}

export function fetchUnread(): Promise<UnreadCount> {
  return answer(api.GET('/api/v1/me/notifications/count'));
}

/** That one and all older ones are read. */
export function markRead(upToId: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/me/notifications/read', {
      params: { header: { 'Idempotency-Key': key } },
      body: { upToId },
    }),
  );
}

export function fetchSettings(): Promise<NotificationSettings> {
  return answer(api.GET('/api/v1/me/notification-settings'));
}

/** Of the matrix only what is said anew is needed; the rest stays. */
export function saveSettings(settings: NotificationSettings, key: string): Promise<NotificationSettings> {
  return answer(
    api.PUT('/api/v1/me/notification-settings', {
      params: { header: { 'Idempotency-Key': key } },
      body: settings,
    }),
  );
}

/** Where a notification leads: to the request, the deal or the contract it is about. */
export function placeOf({ requestId, opportunityId, contractId }: NotificationView): string {
  if (requestId) return `/requests/${requestId}`;
  if (opportunityId) return `/opportunities/${opportunityId}`;
  return `/contracts/${contractId ?? ''}`;
}
