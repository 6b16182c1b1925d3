import type { Plan } from './plan.js';

/** AE-PLAN-5: those of the initiator's choice whom no stage that is asked allows, by their place in the list. */
export function choiceProblems(
  { stages }: Plan,
  approverIds: readonly string[],
): { personId: string; pointer: string }[] {
  const choosing = stages.filter(({ spec }) => spec.resolver.kind === 'INITIATOR_CHOICE');
  if (choosing.length === 0) return [];
  const isBarred = (id: string) =>
    choosing.every(({ dropped }) =>
      dropped.some(({ personId, code }) => personId === id && code === 'NOT_ALLOWED'),
    );
  return approverIds.flatMap((personId, index) =>
    isBarred(personId) ? [{ personId, pointer: `/approverIds/${index}` }] : [],
  );
}
