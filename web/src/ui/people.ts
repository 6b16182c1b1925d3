import { useTranslation } from 'react-i18next';
import type { PersonRef } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';

const SHOWN = 3;

interface Waited {
  people: readonly PersonRef[];
  roles: readonly string[];
}

/** At most three names, then how many more; roles only where no person is known yet. */
export function useNames(): (waited: Waited) => string {
  const { t } = useTranslation();
  const words = useCodeText();
  return ({ people, roles }) => {
    const names =
      people.length > 0 ? people.map(({ name }) => name) : roles.map((role) => words('role', role));
    const shown = names.slice(0, SHOWN).join(t('app.separator'));
    return names.length > SHOWN ? `${shown} +${names.length - SHOWN}` : shown;
  };
}
