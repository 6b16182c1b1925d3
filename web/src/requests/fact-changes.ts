import { useTranslation } from 'react-i18next';
import type { RequestView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { factChangesOf } from './fact-changes-model.js';
import { useFactText } from './fact-value.js';

type Facts = RequestView['subject']['facts'];

/** What moved under a request, in the reader's words: "margin on target → margin below floor". */
export function useFactChanges(facts: Facts): (text: string) => string {
  const { t } = useTranslation();
  const serverText = useServerText();
  const factText = useFactText();
  const labels = new Map(facts.map(({ key, label }) => [key, label]));
  return (text) => {
    const changes = factChangesOf(text, [...labels.keys()]);
    if (changes.length === 0) return text;
    return changes
      .map(({ key, values }) => {
        const said = values.map((value) => factText({ key, value }));
        return `${serverText(labels.get(key) ?? key)} ${said.join(' → ')}`;
      })
      .join(t('app.listed'));
  };
}

const COST = /^cost of (\d+)$/;
const REBATE = /^rebate ([\d.]+) %$/;

/** What moved, as the server names it; names of price lists and currencies are theirs. */
export function useMovedText(): (what: string) => string {
  const { t } = useTranslation();
  return (what) => {
    if (what === 'credit' || what === 'group') return t(`pricesMoved.cause.${what}`);
    const cost = COST.exec(what)?.[1];
    if (cost) return t('pricesMoved.cause.cost', { n: cost });
    const rebate = REBATE.exec(what)?.[1];
    return rebate ? t('pricesMoved.cause.rebate', { n: rebate }) : what;
  };
}
