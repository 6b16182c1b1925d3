import type { SubjectKind, SubjectOwner } from './subject.js';

const owners = new Map<SubjectKind, SubjectOwner>();

/** Said once at composition (API, worker): which module owns which kind of subject. */
export function registerSubjects(known: Partial<Record<SubjectKind, SubjectOwner>>): void {
  for (const [kind, owner] of Object.entries(known) as [SubjectKind, SubjectOwner][]) owners.set(kind, owner);
}

export function subjectOwner(kind: SubjectKind): SubjectOwner {
  const owner = owners.get(kind);
  if (!owner) throw new Error(`no module registered for subjects of kind ${kind}`);
  return owner;
}
