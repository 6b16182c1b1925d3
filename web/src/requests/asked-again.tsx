import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedAgainStage } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Scalar } from './document-scalar.js';

const BASE_CURRENCY = 'CNY';

interface AskedAgainProps {
  title: string;
  note: string;
  stages: readonly AskedAgainStage[];
}

/** Why stages are asked although they, or others, had approved before. */
export function AskedAgain({ title, note, stages }: AskedAgainProps): ReactElement | null {
  if (stages.length === 0) return null;
  return (
    <Panel title={title} note={note}>
      <ul>
        {stages.map((stage) => (
          <BrokenStage key={stage.stageKey} stage={stage} />
        ))}
      </ul>
    </Panel>
  );
}

export function BrokenStage({
  stage,
  children,
}: {
  stage: AskedAgainStage;
  children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  return (
    <li>
      <span className="strong">{serverText(stage.title)}</span>{' '}
      <span className="quiet">{t(`envelope.why.${stage.code}`)}</span>
      {stage.dimensions.map(({ dimension, label, allowed, value }) => (
        <p key={dimension} className="small">
          {words('document', serverText(label))}
          {dimension === 'content' ? null : (
            <>
              {': '}
              <Scalar name={dimension} value={allowed} currency={BASE_CURRENCY} />{' '}
              <span aria-hidden="true">→</span>{' '}
              <Scalar name={dimension} value={value} currency={BASE_CURRENCY} />
            </>
          )}
        </p>
      ))}
      {children}
    </li>
  );
}
