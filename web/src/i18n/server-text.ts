import { useTranslation } from 'react-i18next';
import { useCodeText } from './code-text.js';

const CJK = /[\u3400-\u9fff]/;
const HALVES = / · /;
const SEATED = /^([A-Z][A-Z_]+) for (.+)$/;

/** "Team lead · 组长": the half in the reader's language; a text in one language stays as it is. */
function halfOf(text: string, chinese: boolean): string {
  const halves = text.split(HALVES);
  if (halves.length !== 2) return text;
  return halves.find((half) => CJK.test(half) === chinese) ?? text;
}

/**
 * Titles, labels and reasons are policy data and come in both languages, "English · 中文"; a reason may be followed
 * by how its seat was found ("… → TEAM_LEAD for East").
 */
export function useServerText(): (text: string) => string {
  const { i18n, t } = useTranslation();
  const words = useCodeText();
  const chinese = i18n.language !== 'en';
  const part = (text: string): string => {
    const seated = SEATED.exec(text);
    if (!seated) return halfOf(text, chinese);
    return t('path.seated', { role: words('role', seated[1] ?? ''), unit: seated[2] ?? '' });
  };
  return (text) => text.split(' → ').map(part).join(' → ');
}
