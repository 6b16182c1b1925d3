import { useTranslation } from 'react-i18next';
import { useFormat } from './format.js';

const MINUTES = /^(\d+) min$/;

/** `480 min` of work time, in words. */
export function useSlaText(): (sla: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (sla) => {
    const minutes = MINUTES.exec(sla)?.[1];
    return minutes ? t('preview.sla', { span: format.duration(Number(minutes)) }) : sla;
  };
}
