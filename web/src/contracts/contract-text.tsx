import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { PdfLinks } from '../ui/pdf-links.js';

/** The text as it is hashed, approved and sealed; closed only while its clauses are being edited above it. */
export function ContractText({ contract }: { contract: ContractView }): ReactElement {
  const { t } = useTranslation();
  const changed = contract.clauses.filter(({ standard }) => standard === false).map(({ title }) => title);
  return (
    <Panel
      title={t('contract.text')}
      note={
        <span className="row">
          <PdfLinks href={`/api/v1/contracts/${contract.id}/pdf`} />
          <a href={`/api/v1/contracts/${contract.id}/text`}>{t('contract.download')}</a>
        </span>
      }
    >
      {changed.length > 0 ? (
        <p className="note tone-warn">
          {t('contract.nonStandardOnes', { titles: changed.join(t('app.separator')) })}
        </p>
      ) : null}
      <details open={!contract.actions.includes('EDIT')}>
        <summary>{t('contract.showText')}</summary>
        <pre className="contract-text">{contract.text}</pre>
      </details>
    </Panel>
  );
}
