import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DecisionBody, DecisionResult, RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { LinkButton } from '../ui/link-button.js';
import { useToast } from '../ui/toast.js';
import { DecisionSheet } from './decision-sheet.js';
import { MoreActions } from './more-actions.js';

const DECISIONS = [
  'APPROVE',
  'REJECT',
  'RETURN',
  'ABSTAIN',
  'OPINION',
] as const satisfies readonly DecisionBody['action'][];
const OTHERS = [
  'RETRACT',
  'CLAIM',
  'RELEASE',
  'ADD',
  'TRANSFER',
  'REMOVE',
  'URGE',
  'WITHDRAW',
  'REVOKE',
  'RESUBMIT',
  'RESTAFF',
  'NAME_APPROVERS',
  'SET_INITIATOR',
  'ACCEPT_OUTCOME',
  'TERMINATE',
];

/** Where the content of a returned request is changed; null: nowhere in this console. */
function editorOf({ kind, subject }: RequestView): string | null {
  if (kind === 'QUOTE') return `/quotes/${subject.id}/edit`;
  return kind === 'CONTRACT' ? `/contracts/${subject.id}` : null;
}

/** Fixed at the bottom. Nothing is shown as done before the server has answered. */
export function ActionBar({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const navigate = useNavigate();
  const toast = useToast();
  const [action, setAction] = useState<DecisionBody['action'] | null>(null);
  const editor = editorOf(request);
  const offered = DECISIONS.filter((decision) =>
    request.actions.some((candidate) => candidate.action === decision),
  );
  const others = request.actions.filter((candidate) => OTHERS.includes(candidate.action));
  // an open sheet stays when a refresh takes its action away: it holds the comment and shows who was first
  if (offered.length === 0 && others.length === 0 && action === null) return null;
  const decided = ({ next, requestState }: DecisionResult): void => {
    toast(
      t('inbox.decided', { action: words('decided', action ?? ''), title: request.title }),
      action === 'APPROVE' && requestState === 'PENDING'
        ? { to: `/requests/${request.id}`, label: t('request.other.RETRACT.button') }
        : undefined,
    );
    setAction(null);
    void navigate(next ? `/requests/${next.requestId}` : '/inbox?tab=todo', { replace: true });
  };
  return (
    <div className="action-bar" role="group" aria-label={t('request.actions')}>
      <div className="action-bar-inner">
        {offered.map((decision) => (
          <Button
            key={decision}
            size="large"
            type={decision === 'APPROVE' || decision === 'OPINION' ? 'primary' : 'default'}
            danger={decision === 'REJECT'}
            onClick={() => setAction(decision)}
          >
            {t(`decision.button.${decision}`)}
          </Button>
        ))}
        {others.some((other) => other.action === 'RESUBMIT') && editor !== null ? (
          <LinkButton to={editor} plain>
            {t('request.edit')}
          </LinkButton>
        ) : null}
        <MoreActions
          request={request}
          actions={others.map((other) => other.action)}
          alone={offered.length === 0}
        />
      </div>
      {action ? (
        <DecisionSheet
          requestId={request.id}
          action={action}
          onClose={() => setAction(null)}
          onDecided={decided}
        />
      ) : null}
    </div>
  );
}
