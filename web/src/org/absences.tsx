import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useMay, useMe } from '../api/session.js';
import type { AbsenceView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Instant } from '../ui/when.js';
import { AbsenceForm } from './absence-form.js';
import { useRequestKinds } from '../kinds/use-request-kinds.js';
import { fetchAbsences, removeAbsence } from './org.api.js';

function AbsenceItem({ absence }: { absence: AbsenceView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const me = useMe();
  const { kinds: requestKinds } = useRequestKinds();
  const command = useCommand<string, unknown>({ run: removeAbsence });
  const kindName = (kind: string): string =>
    requestKinds.find(({ code }) => code === kind)?.title ??
    words('absence.kind', kind.replace('approval.', ''));
  return (
    <li className="stack">
      <div className="row">
        {absence.person.id === me.id ? null : <span className="strong">{absence.person.name}</span>}
        <span>
          <Instant at={absence.from} /> – <Instant at={absence.to} />
        </span>
        <span className="small quiet">
          {absence.delegate ? t('people.delegate', { name: absence.delegate.name }) : t('people.noDelegate')}
        </span>
        <span className="small quiet">
          {absence.mode === 'SHARE' ? t('absence.modes.SHARE') : null}
          {absence.kinds?.map((kind) => ` ${kindName(kind)}`)}
          {absence.maxAmount ? (
            <>
              {` ${t('absence.upTo')} `}
              <MoneyText value={absence.maxAmount} />
            </>
          ) : null}
        </span>
        <Button size="small" loading={command.isPending} onClick={() => command.mutate(absence.id)}>
          {t('people.removeAbsence')}
        </Button>
      </div>
      {absence.note ? <p className="small quiet">{absence.note}</p> : null}
      <ProblemNote error={command.error} />
    </li>
  );
}

/** When I am away, and who decides meanwhile; an administrator sees everybody's. */
export function Absences(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery({ queryKey: ['absences'], queryFn: fetchAbsences });
  const seesOthers = useMay()('org:admin');
  const shown = query.data?.filter(({ person }) => seesOthers || person.id === me.id) ?? [];
  return (
    <Panel title={t('people.absences')}>
      <div className="stack">
        {query.isPending ? (
          <Loading rows={2} />
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : shown.length === 0 ? (
          <p className="quiet">{t('people.noAbsence')}</p>
        ) : (
          <ul className="stack">
            {shown.map((absence) => (
              <AbsenceItem key={absence.id} absence={absence} />
            ))}
          </ul>
        )}
        <AbsenceForm />
      </div>
    </Panel>
  );
}
