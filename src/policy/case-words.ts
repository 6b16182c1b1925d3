import type { PolicyInput } from '../domain/approval/policy.js';
import { OTHER, type Axis } from './axis.js';
import type { Case } from './coverage.js';
import type { Fact } from './facts.js';

/** An example case as a person would say it, in both languages; inputs that do not matter are left out. */
export function caseInWords(axes: readonly Axis[], found: Case): { en: string; zh: string } {
  const parts = [...found]
    .sort(([a], [b]) => a - b)
    .flatMap(([axis, sample]) => {
      const at = axes[axis];
      const value = at?.samples[sample];
      return at && value ? [{ input: at.input, value: value.value }] : [];
    });
  if (parts.length === 0) return { en: 'any case', zh: '任何情况' };
  return {
    en: parts.map(({ input, value }) => `${labelOf(input, 'en')} = ${valueInWords(value, 'en')}`).join(', '),
    zh: parts.map(({ input, value }) => `${labelOf(input, 'zh')} = ${valueInWords(value, 'zh')}`).join('，'),
  };
}

/** Labels of seeds are written `English · 中文`; any other label serves both languages. */
export function labelOf({ label }: PolicyInput, language: 'en' | 'zh'): string {
  const [en = label, zh = label] = label.split(' · ');
  return language === 'en' ? en : zh;
}

const YES = { en: ['yes', 'no'], zh: ['是', '否'] } as const;
const NONE = { en: 'none', zh: '无' } as const;
const ANYTHING_ELSE = { en: 'something no row names', zh: '未列出的其他值' } as const;

function valueInWords(value: Fact, language: 'en' | 'zh'): string {
  if (typeof value === 'boolean') return YES[language][value ? 0 : 1];
  if (typeof value !== 'string') return value.length === 0 ? NONE[language] : value.join(', ');
  return value === OTHER ? ANYTHING_ELSE[language] : value;
}
