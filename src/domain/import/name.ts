/** How a name is stored: compatibility forms unified, outer and doubled spaces gone. `ＧＴＸ  Pro ` → `GTX Pro` */
export function tidyName(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
}

/** The natural key of a name: tidy and without case. Two names with one key are one thing. */
export function nameKey(text: string): string {
  return tidyName(text).toLowerCase();
}

/** The name without spaces and punctuation: `GTXPro` and `gtx-pro` match `GTX Pro`, but are reported (rule NORMALISED). */
export function matchKey(text: string): string {
  return nameKey(text).replaceAll(/[\s\p{P}\p{S}]/gu, '');
}
