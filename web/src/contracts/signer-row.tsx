import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractSigning, SigningFlow } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { DELIVERY_TONE } from '../ops/delivery-word.js';
import { ProblemNote } from '../ui/problem-note.js';
import { StateTag } from '../ui/state-tag.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { mailSigner, type OfFlow } from './signing.api.js';
import { SigningLinkSheet } from './signing-link-sheet.js';

interface SignerRowProps {
  at: OfFlow;
  flow: SigningFlow;
  signer: SigningFlow['signers'][number];
}

/** One signer: whether they have signed, and how their link gets to them. */
export function SignerRow({ at, flow, signer }: SignerRowProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [isTaking, setTaking] = useState(false);
  const mail = useCommand<number, ContractSigning>({ run: (no, key) => mailSigner({ ...at, no }, key) });
  const isAsked = signer.state === 'PENDING';
  const mayMail = isAsked && flow.actions.includes('MAIL') && signer.account?.includes('@') === true;
  return (
    <li className="row">
      <span>
        {signer.name}
        {signer.organisation ? t('signing.for', { organisation: signer.organisation }) : ''}
      </span>
      <StateTag state={signer.state} group="signingState" />
      {signer.at ? <Instant at={signer.at} /> : null}
      {signer.mail ? (
        <Tag tone={DELIVERY_TONE[signer.mail as keyof typeof DELIVERY_TONE]}>
          {words('deliveryState', signer.mail)}
        </Tag>
      ) : null}
      {isAsked && flow.actions.includes('LINK') ? (
        <Button size="small" onClick={() => setTaking(true)}>
          {t('signing.link')}
        </Button>
      ) : null}
      {mayMail ? (
        <Button size="small" loading={mail.isPending} onClick={() => mail.mutate(signer.no)}>
          {t('signing.mail')}
        </Button>
      ) : null}
      <ProblemNote error={mail.error} />
      {isTaking ? <SigningLinkSheet at={at} no={signer.no} onClose={() => setTaking(false)} /> : null}
    </li>
  );
}
