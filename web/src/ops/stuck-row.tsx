import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session.js';
import type { StuckItem } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { HandOverSheet } from '../org/hand-over-sheet.js';
import { RestaffSheet } from '../requests/restaff-sheet.js';
import { useNames } from '../ui/people.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { Tag } from '../ui/tag.js';
import { useToast } from '../ui/toast.js';
import { Ago } from '../ui/when.js';
import { actOnStuck, OPS_ACTIONS } from './ops.api.js';

const ACTIONS = ['RESTAFF', 'TRANSFER', ...OPS_ACTIONS] as const;
/** an administrator's, not operations' */
const OF_ADMINS: readonly string[] = ['RESTAFF', 'TRANSFER'];
type Action = (typeof ACTIONS)[number];
const STAGE_AND_CODE = /^(.+): ([A-Z_]+)$/;

/** What is stuck, why in words, since when, who can move it, and what may be done here. */
export function StuckRow({ item }: { item: StuckItem }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const names = useNames();
  const serverText = useServerText();
  const detailText = (detail: string): string => {
    const [, stage, code] = STAGE_AND_CODE.exec(detail) ?? [];
    return stage && code ? `${serverText(stage)}: ${words('stageCode', code)}` : serverText(detail);
  };
  const toast = useToast();
  const [action, setAction] = useState<Action | null>(null);
  const may = useMay();
  const { requestId } = item;
  const offeredActions = ACTIONS.filter(
    (known) => item.actions.includes(known) && (!OF_ADMINS.includes(known) || may('approval:admin')),
  );
  const done = (): void => {
    if (action !== null) toast(t('ops.acted', { action: words('opsAction', action) }));
    setAction(null);
  };
  return (
    <li className="stuck">
      <div className="row">
        <Tag tone="bad">{words('cause', item.cause)}</Tag>
        {requestId ? (
          <Link to={`/requests/${requestId}`} className="strong">
            {item.title}
          </Link>
        ) : (
          <span className="strong">{item.title}</span>
        )}
        <span className="small quiet stuck-since">
          {t('holder.since')} <Ago at={item.since} />
        </span>
      </div>
      <p>{words('causeText', item.cause)}</p>
      {item.detail ? <p className="small quiet">{detailText(item.detail)}</p> : null}
      <div className="row">
        {item.who.length > 0 ? (
          <span className="small">{t('ops.who', { names: names({ people: item.who, roles: [] }) })}</span>
        ) : null}
        {requestId
          ? offeredActions.map((offered) => (
              <Button
                key={offered}
                size="small"
                danger={offered === 'TERMINATE'}
                onClick={() => setAction(offered)}
              >
                {words('opsAction', offered)}
              </Button>
            ))
          : null}
        {item.workflowUrl ? (
          <a href={item.workflowUrl} target="_blank" rel="noreferrer" className="small">
            {t('ops.inTemporal')}
          </a>
        ) : null}
      </div>
      {action === 'RESTAFF' && requestId ? (
        <RestaffSheet requestId={requestId} onClose={() => setAction(null)} onDone={done} />
      ) : action === 'TRANSFER' && item.who[0] ? (
        <HandOverSheet person={item.who[0]} onClose={() => setAction(null)} />
      ) : action !== null && action !== 'RESTAFF' && action !== 'TRANSFER' && requestId ? (
        <ReasonSheet
          title={words('opsAction', action)}
          text={words('opsActionText', action)}
          asks="REQUIRED"
          danger={action === 'TERMINATE'}
          run={(reason, key) => actOnStuck({ requestId, body: { action, reason } }, key)}
          onClose={() => setAction(null)}
          onDone={done}
        />
      ) : null}
    </li>
  );
}
