import type { PolicyInput } from '../../domain/approval/policy.js';

export interface FactView {
  key: string;
  label: string;
  value: string;
  flag: 'GREEN' | 'AMBER' | 'RED' | null;
}

const FLAGS = ['GREEN', 'AMBER', 'RED'] as const;

/** What the table judged, in the order and words of its policy. */
export function factViews(facts: Record<string, unknown>, inputs: readonly PolicyInput[]): FactView[] {
  return inputs
    .filter(({ name }) => Object.hasOwn(facts, name))
    .map(({ name, label }) => {
      const value = facts[name];
      const text = Array.isArray(value) ? value.join(', ') : String(value);
      return { key: name, label, value: text, flag: FLAGS.find((flag) => flag === text) ?? null };
    });
}
