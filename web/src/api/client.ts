import createClient from 'openapi-fetch';
import { offline, problemFrom } from './problem.js';

interface Init {
  params?: {
    path?: Record<string, string>;
    query?: Record<string, string | number | undefined>;
    header?: Record<string, string>;
  };
  body?: unknown;
  bodySerializer?: (body: unknown) => FormData;
}
type Call = (path: string, init?: Init) => Promise<Answer<never>>;

/** The cookie proves who asks; the header proves that the console asks (a form on another site cannot set it). */
export const api = createClient({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { 'X-Sealflow-Console': '1' },
}) as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Call>;

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
