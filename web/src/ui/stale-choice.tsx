import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isStale } from '../api/problem.js';
import { ProblemNote } from './problem-note.js';

interface StaleChoiceProps {
  error: unknown;
  /** whether what somebody else made of it is on the page by now */
  isReread: boolean;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** A refusal; where somebody else changed it meanwhile, nothing typed is lost before whoever typed it has chosen. */
export function StaleChoice(props: StaleChoiceProps): ReactElement {
  const { error, isReread, onTakeTheirs, onKeepMine } = props;
  const { t } = useTranslation();
  return (
    <ProblemNote error={error}>
      {isStale(error) ? (
        <>
          <Button onClick={onTakeTheirs}>{t('editor.takeTheirs')}</Button>
          <Button disabled={!isReread} onClick={onKeepMine}>
            {t('editor.keepMine')}
          </Button>
        </>
      ) : null}
    </ProblemNote>
  );
}
