import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionBody, DecisionResult } from '../api/types.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Sheet } from '../ui/sheet.js';
import { DecisionForm } from './decision-form.js';
import { fetchRequest, requestKey } from './requests.api.js';

export interface DecisionSheetProps {
  requestId: string;
  action: DecisionBody['action'];
  onClose: () => void;
  onDecided: (result: DecisionResult) => void;
}

export function DecisionSheet({ requestId, action, onClose, onDecided }: DecisionSheetProps): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  return (
    <Sheet title={t(`decision.title.${action}`)} onClose={onClose}>
      {query.data ? (
        <DecisionForm
          request={query.data}
          action={action}
          onReload={() => void query.refetch()}
          onClose={onClose}
          onDecided={onDecided}
        />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading rows={3} />
      )}
      {query.data ? null : (
        <div className="sheet-buttons">
          <Button onClick={onClose}>{t('app.close')}</Button>
        </div>
      )}
    </Sheet>
  );
}
