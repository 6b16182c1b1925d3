import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRef, UrgeResult } from '../api/types.js';
import { useNames } from '../ui/people.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { urge } from './requests.api.js';

interface UrgeSheetProps {
  requestId: string;
  onClose: () => void;
}

/** Asks for the answers that are owed, and says whom that has reached (AE-URGE-1). */
export function UrgeSheet({ requestId, onClose }: UrgeSheetProps): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const names = useNames();
  const done = ({ notified, leftAlone }: UrgeResult): void => {
    const told = t('request.other.URGE.told', { names: names(peopleOf(notified)) });
    const others = t('request.other.URGE.leftAlone', { names: names(peopleOf(leftAlone)) });
    toast(leftAlone.length === 0 ? told : `${told} ${others}`);
    onClose();
  };
  return (
    <ReasonSheet
      title={t('request.other.URGE.button')}
      text={t('request.other.URGE.text')}
      asks="OPTIONAL"
      run={(comment, key) => urge({ id: requestId, body: comment ? { comment } : {} }, key)}
      onClose={onClose}
      onDone={done}
    />
  );
}

function peopleOf(seats: UrgeResult['notified']): { people: PersonRef[]; roles: [] } {
  return { people: seats.map(({ person }) => person), roles: [] };
}
