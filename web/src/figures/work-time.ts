import { useTranslation } from 'react-i18next';

const HOUR = 60;

/** Business minutes in words; hours from two on. Never days: a working day is not 24 hours. */
export function useWorkTime(): (minutes: number | null) => string {
  const { i18n } = useTranslation();
  return (minutes) => {
    if (minutes === null) return '—';
    const inHours = minutes >= 2 * HOUR;
    return new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit: inHours ? 'hour' : 'minute',
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }).format(inHours ? minutes / HOUR : minutes);
  };
}
