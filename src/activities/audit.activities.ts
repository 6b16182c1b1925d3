import type { DataSource } from 'typeorm';
import { anchorAudit } from '../commands/audit/anchor.js';
import { markRootPublished, takeAuditRoot } from '../commands/audit/root.js';
import type { AnchorTarget } from '../integrations/audit-anchor.client.js';

export interface AuditDependencies {
  dataSource: DataSource;
  /** none: roots stay in the database, which proves nothing against whoever owns it */
  anchorTargets: readonly AnchorTarget[];
}

/** What the audit schedules do. */
export function createAuditActivities({ dataSource, anchorTargets }: AuditDependencies) {
  return {
    async anchorAuditChains(): Promise<number> {
      return (await dataSource.transaction((tx) => anchorAudit(tx))).events;
    },

    /** A repeat after a failure publishes a newer root: two true statements are no contradiction. */
    async publishAuditRoot(): Promise<{ root: string; publishedTo: string[] }> {
      const { id, ...root } = await dataSource.transaction((tx) => takeAuditRoot(tx));
      for (const target of anchorTargets) await target.publish(JSON.stringify(root));
      const names = anchorTargets.map(({ name }) => name);
      if (names.length > 0) await markRootPublished(dataSource.manager, id, names.join(' ').slice(0, 500));
      return { root: root.root, publishedTo: names };
    },
  };
}

export type AuditActivities = ReturnType<typeof createAuditActivities>;
