import { CREDIT_CHECKS, CREDIT_CLASSES, REACTIONS } from '../domain/credit/policy.js';
import { Exact } from '../domain/money.js';
import { isDecimal, problem } from './parameter-forms.js';
import type { TableProblem } from './problem.js';
import { isRecord } from './shape.js';

/** Every check once, so that none is left out by mistake; one that is not wanted reacts with NONE. */
export function checksProblems(checks: unknown): TableProblem[] {
  const known =
    Array.isArray(checks) &&
    checks.length === CREDIT_CHECKS.length &&
    CREDIT_CHECKS.every((check) => checks.some((of: unknown) => isRecord(of) && of.check === check));
  if (!known) return [problem('checks', 'every check once', '每项检查应出现一次')];
  return checks.flatMap((of: unknown, index) => {
    if (!isRecord(of)) return [];
    const { byClass = {} } = of;
    const own = isRecord(byClass) ? Object.entries(byClass) : null;
    const sound =
      own !== null &&
      areSteps(of.steps) &&
      own.every(([key, steps]) => CREDIT_CLASSES.some((name) => name === key) && areSteps(steps));
    return sound
      ? []
      : [
          problem(
            `checks/${index}`,
            'steps with rising values and reactions, also by class',
            '应为阈值与反应递增的级次，可按等级设置',
          ),
        ];
  });
}

function areSteps(steps: unknown): boolean {
  let before = { value: '-1', severity: -1 };
  return (
    Array.isArray(steps) &&
    steps.length > 0 &&
    steps.every((step: unknown) => {
      if (!isRecord(step) || !isDecimal(step.value) || (step.at !== 'FROM' && step.at !== 'OVER'))
        return false;
      const severity = REACTIONS.findIndex((reaction) => reaction === step.reaction);
      const rises = new Exact(step.value).gt(before.value) && severity >= Math.max(before.severity, 0);
      before = { value: step.value, severity };
      return rises;
    })
  );
}
