import type { PolicyInput } from '../../domain/approval/policy.js';
import type { NameOf } from './person-ref.js';

export interface FactView {
  key: string;
  label: string;
  value: string;
  flag: 'GREEN' | 'AMBER' | 'RED' | null;
}

const FLAGS = ['GREEN', 'AMBER', 'RED'] as const;

/** What the table judged, in the order and words of its policy. */
export function factViews(
  facts: Record<string, unknown>,
  inputs: readonly PolicyInput[],
  nameOf: NameOf,
): FactView[] {
  return inputs
    .filter(({ name }) => Object.hasOwn(facts, name))
    .map(({ name, label }) => {
      const value = facts[name];
      const text = textsOf(value)
        .map((one) => nameOf(one)?.name ?? one)
        .join(', ');
      return { key: name, label, value: text, flag: FLAGS.find((flag) => flag === text) ?? null };
    });
}

/** What may be a person's id among the facts. */
export function peopleInFacts(facts: Record<string, unknown>): string[] {
  return Object.values(facts).flatMap(textsOf);
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
