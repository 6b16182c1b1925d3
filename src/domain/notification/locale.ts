/** The two languages that messages speak. */
export type Locale = 'zh-CN' | 'en';

const CJK = /[\u3400-\u9fff]/;

/** Policy data come in both languages, "English · 中文": the reader's half. */
export function inLocale(text: string, locale: Locale): string {
  const halves = text.split(' · ');
  const own = halves.filter((half) => CJK.test(half) === (locale === 'zh-CN'));
  return own.length > 0 && own.length < halves.length ? own.join('; ') : text;
}
