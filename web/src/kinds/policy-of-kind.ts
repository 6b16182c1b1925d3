const PREFIX = 'request.';

/** The kind of policy data that holds a request kind. */
export function policyOfKind(key: string): string {
  return `${PREFIX}${key}`;
}

/** The request kind a policy holds; null for other policies. */
export function kindOfPolicy(policyKind: string): string | null {
  return policyKind.startsWith(PREFIX) ? policyKind.slice(PREFIX.length) : null;
}
