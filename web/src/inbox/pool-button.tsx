import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMe } from '../api/session.js';
import type { InboxItem } from '../api/types.js';
import { claim, release } from '../requests/requests.api.js';
import { ProblemNote } from '../ui/problem-note.js';

/** Takes a pool's item for oneself, or gives it up; what a colleague has taken offers neither. */
export function PoolButton({ item }: { item: InboxItem }): ReactElement | null {
  const { t } = useTranslation();
  const me = useMe();
  const { pool, seatId, seatVersion, decidedAt, heldBy } = item;
  const isMine = pool?.claimedBy?.id === me.id;
  const command = useCommand<string, unknown>({
    run: (id, key) =>
      isMine ? release(id, key) : claim({ seatId: id, expectedSeatVersion: seatVersion ?? 0 }, key),
  });
  if (!pool || !seatId || decidedAt !== null || heldBy || (pool.claimedBy && !isMine)) return null;
  return (
    <div className="inbox-act">
      <Button
        size="small"
        aria-label={`${t(isMine ? 'pool.release' : 'pool.claim')}: ${item.title}`}
        loading={command.isPending}
        onClick={() => command.mutate(seatId)}
      >
        {t(isMine ? 'pool.release' : 'pool.claim')}
      </Button>
      <ProblemNote error={command.error} />
    </div>
  );
}
