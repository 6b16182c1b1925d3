import { useTranslation } from 'react-i18next';

const COUNT = /^COUNT (\d+)$/;
const RATIO = /^RATIO >?(\d+(?:\.\d+)?)$/;

/** `ALL`, `ANY`, `COUNT 2`, `RATIO 50` in words, with how many sit there. */
export function useQuorumText(): (quorum: string, seats: number) => string {
  const { t } = useTranslation();
  return (quorum, seats) => {
    if (quorum === 'ALL') return t('quorum.ALL', { n: seats });
    if (quorum === 'ANY') return t('quorum.ANY', { n: seats });
    const count = COUNT.exec(quorum)?.[1];
    if (count) return t('quorum.COUNT', { count: Number(count), n: seats });
    const ratio = RATIO.exec(quorum)?.[1];
    return ratio ? t('quorum.RATIO', { ratio }) : quorum;
  };
}
