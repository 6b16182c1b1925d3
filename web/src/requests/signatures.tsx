import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { fetchSignatures } from './answer.api.js';

/** Signed answers, each verified by the server now against what the record says (AE-REQ-1). */
export function Signatures({ request }: { request: RequestView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const isSigned = request.path.some(({ seats }) => seats.some(({ decision }) => decision?.signed === true));
  const query = useQuery({
    queryKey: ['signatures', request.id, request.version],
    queryFn: () => fetchSignatures(request.id),
    enabled: isSigned,
  });
  if (!isSigned) return null;
  return (
    <Panel title={t('signature.title')} note={t('signature.note')}>
      <Fetched query={query}>
        {({ signatures }) => (
          <ul className="checks">
            {signatures.map(({ seatId, stage, by, action, at, fault }) => (
              <li key={`${seatId}/${at}`}>
                <p>
                  {serverText(stage)} · <span className="strong">{by?.name}</span> {words('decided', action)}{' '}
                  <span className="small quiet">
                    <Instant at={at} />
                  </span>
                </p>
                <Tag tone={fault ? 'bad' : 'good'}>
                  {fault ? t(`signature.fault.${fault}`) : t('signature.holds')}
                </Tag>
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Panel>
  );
}
