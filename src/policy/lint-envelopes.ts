import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { DimensionSpec } from '../domain/approval/stage-spec.js';
import type { TableProblem } from './problem.js';

const DECIMAL = /^-?\d{1,18}(\.\d{1,8})?$/;

/** AE-ENV-1: dimensions that could never hold, or that say how far they open without having a direction. */
export function envelopeProblems({ stages }: Pick<ApprovalPolicyContent, 'stages'>): TableProblem[] {
  return stages.flatMap(({ key, envelope = [] }) => {
    const names = envelope.map(({ name }) => name);
    const twice = names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name): TableProblem => ({
        at: `${key}/${name}`,
        code: 'DUPLICATE',
        message: 'dimension used twice',
      }));
    const wrong = envelope.flatMap((dimension): TableProblem[] => {
      const message = problemOf(dimension);
      return message ? [{ at: `${key}/${dimension.name}`, code: 'ENVELOPE_DIMENSION', message }] : [];
    });
    return [...twice, ...wrong];
  });
}

function problemOf({ direction, order, widest, byAuthority }: DimensionSpec): string | null {
  const isNumber = direction === 'AT_MOST' || direction === 'AT_LEAST';
  if (order && !isNumber) return 'only AT_MOST and AT_LEAST have an order';
  if (byAuthority === true && (direction !== 'AT_MOST' || order || widest !== undefined))
    return 'a money limit is AT_MOST a decimal, and is all there is to say of how wide it may be';
  if (widest === undefined) return null;
  if (direction === 'SAME') return 'what stays the same cannot be widened';
  if (direction === 'WITHIN') return typeof widest === 'object' ? null : 'the widest of a set is a set';
  const fits = typeof widest === 'string' && (order ? order.includes(widest) : DECIMAL.test(widest));
  return fits ? null : 'the widest is a decimal, or one of the order';
}
