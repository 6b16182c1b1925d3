/** Who acts. A person through any channel, or the system itself (`system:timeout`, `system:relay` …); the system never poses as a person. */
export type Actor =
  | { kind: 'PERSON'; id: string; permissions: readonly string[] }
  | { kind: 'SYSTEM'; id: `system:${string}`; permissions: readonly string[] };

export function systemActor(part: string): Actor {
  return { kind: 'SYSTEM', id: `system:${part}`, permissions: [] };
}

/** The person's id, or null for an act of the system. */
export function personId(actor: Actor): string | null {
  return actor.kind === 'PERSON' ? actor.id : null;
}
