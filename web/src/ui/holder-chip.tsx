import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolderChip as Holder } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { useNames } from './people.js';
import { Ago, Due } from './when.js';

/** Who a record waits for, since when, until when. */
export function HolderChip({ holder }: { holder: Holder }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const text = useServerText();
  const names = useNames()(holder);
  const late = holder.overdue || holder.stuck !== null;
  return (
    <span className={late ? 'holder holder-late' : 'holder'}>
      <span className="strong">
        {holder.stuck !== null
          ? t('holder.stuck', { cause: words('cause', holder.stuck) })
          : holder.stage === 'EFFECT'
            ? t('holder.effect')
            : t('holder.waits', { names })}
      </span>
      <span>{text(words('stage', holder.stage))}</span>
      <span>
        {t('holder.since')} <Ago at={holder.since} />
      </span>
      {holder.dueAt === null ? null : <Due at={holder.dueAt} overdue={holder.overdue} />}
    </span>
  );
}
