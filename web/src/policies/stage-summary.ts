import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { quorumNumber, recordOf, resolverKindOf } from './stage-model.js';
import type { Rec } from './stage-order-model.js';

/** A stage in one line: who, how they decide, in which time. */
export function useStageSummary(): (stage: Rec) => string {
  const { t } = useTranslation();
  const words = useCodeText();
  return (stage) => {
    const resolver = recordOf(stage['resolver']);
    const quorum = recordOf(stage['quorum']);
    const role = resolver['role'] ?? resolver['among'];
    const number = quorumNumber(quorum);
    return [
      words('policyStage.resolverKind', resolverKindOf(stage)) +
        (typeof role === 'string' ? ` ${words('role', role)}` : ''),
      ...(resolver['kind'] === 'CHILD'
        ? []
        : [
            words('policyStage.quorumKind', String(quorum['kind'])) +
              (number === null ? '' : ` ${number}${quorum['kind'] === 'RATIO' ? ' %' : ''}`),
          ]),
      `${t('policyStage.ladder')} ${String(stage['ladder'])}`,
    ].join(' · ');
  };
}
