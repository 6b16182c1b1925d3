import { useTranslation } from 'react-i18next';
import { useCodeText } from './code-text.js';
import { inChinese, inEnglish } from './policy-phrases.js';

const CJK = /[\u3400-\u9fff]/;
const HALVES = / · /;
/** How the engine says it found somebody, apart from a role. */
const FOUND = {
  'reporting line': 'line',
  'first in the reporting line whose limit covers the amount': 'limit',
  'nobody else; next above': 'nextAbove',
  'next above the initiator': 'nextAbove',
  'named by the policy': 'named',
  'chosen by the initiator': 'chosen',
  'named in the form': 'form',
} as const;
const EVERYWHERE = 'all units';

function isFound(text: string): text is keyof typeof FOUND {
  return Object.hasOwn(FOUND, text);
}

const HEAD = /^head of (.+)$/;
const SEATED = /^([A-Z][A-Z_]+) for (.+)$/;

const SEVERAL = / \+ |, /;

function isInBoth(text: string): boolean {
  const halves = text.split(HALVES);
  return halves.some((half) => CJK.test(half)) && halves.some((half) => !CJK.test(half));
}

/** "Credit · 信用 + Finance · 财务", as of stages that run at a time: each in the reader's language. */
function eachOf(text: string, chinese: boolean, separator: string): string {
  const several = text.split(SEVERAL);
  if (several.length === 1 || !several.every(isInBoth)) return halfOf(text, chinese);
  return several.map((one) => halfOf(one, chinese)).join(separator);
}

/** "Team lead · 组长": the half in the reader's language; a text in one language stays as it is. */
function halfOf(text: string, chinese: boolean): string {
  const halves = text.split(HALVES);
  const own = halves.filter((half) => CJK.test(half) === chinese);
  if (own.length > 0 && own.length < halves.length) return own.join('; ');
  return chinese ? inChinese(text) : inEnglish(text);
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
    if (isFound(text)) return t(`found.${FOUND[text]}`);
    const led = HEAD.exec(text)?.[1];
    if (led) return t('found.head', { unit: led });
    const [, role, unit] = SEATED.exec(text) ?? [];
    if (!role || !unit) return eachOf(text, chinese, t('app.separator'));
    return unit === EVERYWHERE ? words('role', role) : t('path.seated', { role: words('role', role), unit });
  };
  return (text) => text.split(' → ').map(part).join(' → ');
}
