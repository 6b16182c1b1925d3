import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeTextsFound } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { EraseSheet } from './erase-sheet.js';
import { fetchFreeTexts } from './erasure.api.js';
import { FoundTexts, StaysPut } from './found-texts.js';

/** AE-AUD-3: what a person wrote freely is found and erased, everywhere or in one request. Nothing goes without a look before. */
export function ErasurePage(): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const [erased, setErased] = useState<number | null>(null);
  const personId = url.get('personId');
  const requestId = url.get('requestId');
  const query = useQuery({
    queryKey: ['free-texts', personId, requestId],
    queryFn: () => fetchFreeTexts({ personId: personId ?? '', requestId }),
    enabled: personId !== undefined,
  });
  const look = (changes: Record<string, string | undefined>): void => {
    setErased(null);
    url.set(changes);
  };
  return (
    <>
      <header className="page-head">
        <h1>{t('erasure.title')}</h1>
      </header>
      <div className="stack">
        <Panel title={t('erasure.find')}>
          <div className="stack">
            <p className="quiet">{t('erasure.about')}</p>
            {query.data ? (
              <p className="row">
                <span className="strong">{query.data.person.name}</span>
                <span className="quiet">{query.data.person.title}</span>
                <Button size="small" onClick={() => look({ personId: undefined })}>
                  {t('erasure.another')}
                </Button>
              </p>
            ) : (
              <Field label={t('erasure.person')}>
                {({ id }) => (
                  <PersonPicker
                    id={id}
                    value={personId ? [personId] : []}
                    most={1}
                    excluded={[]}
                    withLeft
                    onChange={([chosen]) => look({ personId: chosen })}
                  />
                )}
              </Field>
            )}
            {requestId ? (
              <p className="row">
                <span>{t('erasure.onlyIn', { request: nameOf(query.data, requestId) })}</span>
                <Button size="small" onClick={() => look({ requestId: undefined })}>
                  {t('erasure.everywhere')}
                </Button>
              </p>
            ) : null}
          </div>
        </Panel>
        {erased === null ? null : (
          <div className="note tone-good" role="status">
            <span className="note-text">{t('erasure.done', { n: erased })}</span>
          </div>
        )}
        {personId === undefined ? null : query.data ? (
          <Result
            key={`${personId}/${requestId ?? ''}`}
            found={query.data}
            onLook={look}
            onErased={setErased}
          />
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={5} />
        )}
      </div>
    </>
  );
}

function nameOf(found: FreeTextsFound | undefined, requestId: string): string {
  const request = found?.requests.find(({ id }) => id === requestId);
  return request ? `${request.number} ${request.title}` : requestId;
}

interface ResultProps {
  found: FreeTextsFound;
  onLook: (changes: Record<string, string | undefined>) => void;
  onErased: (texts: number) => void;
}

function Result({ found, onLook, onErased }: ResultProps): ReactElement {
  const { t } = useTranslation();
  const requestId = useUrlFilters().get('requestId');
  const [asking, setAsking] = useState(false);
  const copies = Object.values(found.copies).reduce((sum, n) => sum + n, 0);
  return (
    <>
      <Panel title={t('erasure.goes', { name: found.person.name })}>
        <FoundTexts
          found={found}
          copies={copies}
          requestId={requestId}
          onOnly={(id) => onLook({ requestId: id })}
        />
        <div className="sheet-buttons">
          <Button danger type="primary" disabled={found.texts + copies === 0} onClick={() => setAsking(true)}>
            {t('erasure.erase')}
          </Button>
        </div>
      </Panel>
      <StaysPut found={found} />
      {asking ? (
        <EraseSheet
          found={found}
          requestId={requestId}
          onClose={() => setAsking(false)}
          onErased={(texts) => {
            setAsking(false);
            onErased(texts);
          }}
        />
      ) : null}
    </>
  );
}
