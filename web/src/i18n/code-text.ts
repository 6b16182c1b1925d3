import { useTranslation } from 'react-i18next';

/**
 * Words for a code the server sent. A code this console does not know yet is shown as it is: honest, and findable.
 */
export function useCodeText(): (group: string, code: string, params?: Record<string, string>) => string {
  const { i18n } = useTranslation();
  return (group, code, params) => {
    const key = `${group}.${code.replaceAll('.', '_')}`;
    if (!i18n.exists(key)) return code;
    return String(i18n.t(key as never, params as never));
  };
}
