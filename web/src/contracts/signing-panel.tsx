import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractView, SigningFlow } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { StateTag } from '../ui/state-tag.js';
import { Instant } from '../ui/when.js';
import { cancelSigning, fetchSigning, signingKey } from './signing.api.js';
import { SignerRow } from './signer-row.js';
import { StartSigningSheet } from './start-signing-sheet.js';

const REFRESH_MS = 10_000;
/** until the provider has it a link cannot be given yet */
const OPENING_MS = 1_000;

/** Who is to sign the sealed text, who has, and what proves it. */
export function SigningPanel({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const [isStarting, setStarting] = useState(false);
  const asked = useQuery({
    queryKey: signingKey(contract.id),
    queryFn: () => fetchSigning(contract.id),
    refetchInterval: ({ state }) => (state.data?.flows[0]?.state === 'OPENING' ? OPENING_MS : REFRESH_MS),
  });
  const signing = asked.data;
  if (signing && signing.flows.length === 0 && !signing.mayStart) return null;
  return (
    <Panel title={t('signing.title')}>
      <div className="stack">
        <Fetched query={asked}>
          {({ flows }) =>
            flows.length === 0 ? (
              <p className="quiet">{t('signing.none')}</p>
            ) : (
              <ul className="stack">
                {flows.map((flow) => (
                  <li key={flow.id}>
                    <Flow contractId={contract.id} flow={flow} />
                  </li>
                ))}
              </ul>
            )
          }
        </Fetched>
        {signing?.mayStart ? (
          <div className="row">
            <Button type="primary" onClick={() => setStarting(true)}>
              {t('signing.start')}
            </Button>
          </div>
        ) : null}
      </div>
      {isStarting && signing ? (
        <StartSigningSheet
          contractId={contract.id}
          provider={signing.provider}
          onClose={() => setStarting(false)}
        />
      ) : null}
    </Panel>
  );
}

function Flow({ contractId, flow }: { contractId: string; flow: SigningFlow }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [isCancelling, setCancelling] = useState(false);
  const at = { id: contractId, flowId: flow.id };
  const files = `/api/v1/contracts/${contractId}/signing-flows/${flow.id}`;
  return (
    <div className="stack">
      <div className="row">
        <StateTag state={flow.state} group="signingState" />
        <span className="small quiet">
          v{flow.version} · {t(`signing.provider.${flow.provider}`)} ·{' '}
          {t('signing.by', { name: flow.by.name })} <Instant at={flow.createdAt} />
          {flow.endedAt === null ? (
            <>
              {' '}
              · {t('signing.until')} <Instant at={flow.expiresAt} />
            </>
          ) : null}
        </span>
      </div>
      {flow.cause ? (
        <p className={flow.state === 'DIFFERS' ? 'note tone-bad' : 'quiet'}>
          {words('signingCause', flow.cause)}
        </p>
      ) : null}
      {flow.said ? (
        <p>
          {t('signing.said')}: {flow.said}
        </p>
      ) : null}
      {flow.trouble ? <p className="note tone-warn">{t('signing.trouble', { text: flow.trouble })}</p> : null}
      {flow.state === 'OPENING' ? <p className="quiet">{t('signing.opening')}</p> : null}
      <ul className="stack">
        {flow.signers.map((signer) => (
          <SignerRow key={signer.no} at={at} flow={flow} signer={signer} />
        ))}
      </ul>
      <div className="row">
        <a href={`${files}/files/document`} download>
          {t('signing.document')}
        </a>
        {flow.signedHash ? (
          <a href={`${files}/files/signed`} download>
            {t('signing.signed')}
          </a>
        ) : null}
        {flow.state === 'SIGNED' ? (
          <a href={`${files}/evidence`} download>
            {t('signing.evidence')}
          </a>
        ) : null}
        {flow.actions.includes('CANCEL') ? (
          <Button size="small" danger onClick={() => setCancelling(true)}>
            {t('signing.cancel')}
          </Button>
        ) : null}
      </div>
      {isCancelling ? (
        <ReasonSheet
          title={t('signing.cancel')}
          text={t('signing.cancelText')}
          asks="REQUIRED"
          danger
          run={(reason, key) => cancelSigning(at, reason, key)}
          onClose={() => setCancelling(false)}
          onDone={() => setCancelling(false)}
        />
      ) : null}
    </div>
  );
}
