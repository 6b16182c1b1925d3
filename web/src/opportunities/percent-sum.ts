const SCALE = 4;
const PLAIN = /^\d{1,3}(\.\d{1,4})?$/;

/** 100 %, in ten-thousandths of a percent. */
export const WHOLE = 100n * 10n ** BigInt(SCALE);

/** Sum in ten-thousandths of a percent, exact; null while one of them is no percent. */
export function sumOfPercents(percents: readonly string[]): bigint | null {
  if (!percents.every((percent) => PLAIN.test(percent))) return null;
  return percents.reduce((sum, percent) => {
    const [whole = '0', decimals = ''] = percent.split('.');
    return sum + BigInt(whole + decimals.padEnd(SCALE, '0'));
  }, 0n);
}
