import createClient from 'openapi-fetch';
import { offline, problemFrom } from './problem.js';
import type { paths } from './schema.js';

/** The cookie proves who asks; the header proves that the console asks (a form on another site cannot set it). */
export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { 'X-Sealflow-Console': '1' },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or a ProblemError. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const result = await call.catch(() => {
    throw offline();
  });
  if (!result.response.ok) throw problemFrom(result.error, result.response);
  return result.data as T;
}
