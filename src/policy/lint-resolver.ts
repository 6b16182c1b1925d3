import type { ApprovalPolicyContent, PolicyInput } from '../domain/approval/policy.js';
import type { Resolver } from '../domain/approval/stage-spec.js';
import { ROLES } from '../domain/org/directory.js';
import { numbersIn, textsIn } from './axis.js';
import { MAX_FOUND } from './bind.js';
import { cellProblem, loopProblem, wordProblems } from './cell.js';
import type { Fact, Facts } from './facts.js';
import type { TableProblem } from './problem.js';
import { runTrial, type Probe } from './trial.js';

interface Placed {
  at: string;
  resolver: Resolver;
}

/** What is wrong with resolvers that take their people from the facts, before anything of them runs. */
export function resolverProblems(content: ApprovalPolicyContent): TableProblem[] {
  const names = new Set(content.inputs.map(({ name }) => name));
  return placed(content).flatMap(({ at, resolver }) => {
    if (resolver.kind === 'FORM_FIELD')
      return inputProblems(at, resolver.input, ['string', 'strings'], content);
    if (resolver.kind === 'HEAD' && resolver.unit !== 'INITIATOR')
      return inputProblems(at, resolver.unit.input, ['string'], content);
    if (resolver.kind !== 'EXPRESSION') return [];
    const { expression } = resolver;
    const size = cellProblem(expression);
    const loop = loopProblem(expression);
    return [
      ...(size ? [{ at, ...size }] : []),
      ...(loop ? [{ at, code: 'LOOP', message: loop }] : []),
      ...wordProblems(expression, names).map((message) => ({ at, code: 'WORD', message })),
    ];
  });
}

function inputProblems(
  at: string,
  name: string,
  types: readonly PolicyInput['type'][],
  { inputs }: ApprovalPolicyContent,
): TableProblem[] {
  const input = inputs.find((candidate) => candidate.name === name);
  if (!input) return [{ at, code: 'UNKNOWN_INPUT', message: `${name} is not a declared input` }];
  if (types.includes(input.type)) return [];
  return [{ at, code: 'RESOLVER_INPUT', message: `${name} is no ${types.join(' or ')}` }];
}

/**
 * Every expression run in the trial process around each number and text it names: it must give persons or roles, in time.
 * Only for content whose words and sizes are in order.
 * @throws DomainError POLICY_ERROR the process crashed or ran out of time or memory
 */
export async function expressionProblems(
  content: ApprovalPolicyContent,
  sample: Facts,
): Promise<TableProblem[]> {
  const probes = placed(content).flatMap(({ at, resolver }) =>
    resolver.kind === 'EXPRESSION' ? probesOf(at, resolver, content.inputs, sample) : [],
  );
  if (probes.length === 0) return [];
  const { answers, slow } = await runTrial(content.jdm, probes, sample);
  const wrong = new Set(probes.filter((_, index) => answers[index] !== true).map(({ at }) => at));
  return [
    ...[...wrong].map((at) => ({
      at,
      code: 'EXPRESSION',
      message: 'the expression must give persons or roles, one or a list, for all facts',
    })),
    ...slow.map(({ at }) => ({ at, code: 'SLOW_CELL', message: 'the expression takes too long' })),
  ];
}

function probesOf(
  at: string,
  { expression, yields }: Extract<Resolver, { kind: 'EXPRESSION' }>,
  inputs: readonly PolicyInput[],
  sample: Facts,
): Probe[] {
  const listed = JSON.stringify(ROLES).replaceAll('"', "'");
  const [one, each] =
    yields === 'ROLES'
      ? [`$ in ${listed} or $ == ''`, `# in ${listed}`]
      : ['true', "type(#) == 'string' and # != ''"];
  const cell = `(type($) == 'string' and (${one})) or (type($) == 'array' and len($) <= ${MAX_FOUND} and all($, (${each})))`;
  const named = inputs.flatMap((input) =>
    valuesOf(input, expression).map((value) => ({ ...sample, [input.name]: value })),
  );
  return [sample, ...named].map((facts) => ({ at, field: expression, cell, facts }));
}

function valuesOf({ type, values }: PolicyInput, expression: string): Fact[] {
  const texts = [...(values ?? []), ...textsIn(expression)];
  switch (type) {
    case 'decimal':
      return ['0', ...numbersIn(expression).flatMap((number) => [number, `${number.replace(/\..*/, '')}9`])];
    case 'boolean':
      return [true, false];
    case 'string':
      return values ? [...values] : ['', ...texts];
    case 'strings':
      return [[], ...texts.map((text) => [text])];
  }
}

function placed({ stages }: ApprovalPolicyContent): Placed[] {
  return stages.flatMap(({ key, resolver }) =>
    resolver.kind === 'GROUPS'
      ? Object.entries(resolver.groups).map(([name, one]) => ({
          at: `${key}/resolver/${name}`,
          resolver: one,
        }))
      : [{ at: `${key}/resolver`, resolver }],
  );
}
