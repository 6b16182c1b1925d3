import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** A refusal of the API, with its stable code. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    what: string,
    detail: unknown,
  ) {
    super(`${what}: ${status} ${code} ${JSON.stringify(detail)}`);
  }
}

/** How long a call is repeated, with the same key, while the API is away. */
const PATIENCE_MS = 90_000;
const PAUSE_MS = 500;

/** One person's session, for the command-line tools: repeats a call with the same Idempotency-Key until it is answered. */
export class HttpSession {
  private constructor(
    private readonly base: string,
    private readonly token: string | null,
    readonly personId: string,
  ) {}

  static async login(base: string, username: string, password: string): Promise<HttpSession> {
    const anonymous = new HttpSession(base, null, '');
    const { token, me } = await anonymous.send<{ token: string; me: { id: string } }>('POST', '/auth/login', {
      username,
      password,
    });
    return new HttpSession(base, token, me.id);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  /** @param version of what is changed, as it was read */
  post<T>(path: string, body: unknown = {}, version?: number): Promise<T> {
    return this.send<T>('POST', path, body, version);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, body);
  }

  patch<T>(path: string, body: unknown, version: number): Promise<T> {
    return this.send<T>('PATCH', path, body, version);
  }

  async text(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.answered('GET', path, undefined)).arrayBuffer());
  }

  private async send<T>(method: string, path: string, body?: unknown, version?: number): Promise<T> {
    const answer = await this.answered(method, path, body, version);
    return (answer.status === 204 ? null : await answer.json()) as T;
  }

  private async answered(method: string, path: string, body: unknown, version?: number): Promise<Response> {
    const key = randomUUID();
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.once(method, path, body, { key, version }).catch((error: unknown) => {
        if (performance.now() > until) throw error;
        return null;
      });
      const isAway = answer === null || answer.status === 429 || answer.status >= 502;
      if (!isAway || performance.now() > until) {
        if (answer?.ok) return answer;
        throw await refusal(answer, `${method} ${path}`);
      }
      await delay(PAUSE_MS);
    }
  }

  private once(
    method: string,
    path: string,
    body: unknown,
    { key, version }: { key: string; version: number | undefined },
  ): Promise<Response> {
    const isForm = body instanceof FormData;
    return fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(this.token === null ? {} : { Authorization: `Bearer ${this.token}` }),
        ...(method === 'GET' ? {} : { 'Idempotency-Key': key }),
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined || isForm ? body : JSON.stringify(body),
    });
  }
}

async function refusal(answer: Response | null, what: string): Promise<ApiRefusal> {
  if (!answer) return new ApiRefusal(0, 'UNREACHABLE', what, null);
  const problem = (await answer.json().catch(() => ({}))) as { code?: string };
  return new ApiRefusal(answer.status, problem.code ?? 'UNKNOWN', what, problem);
}

/** Everything of a paged list, or as much as is wanted. */
export async function readAll<T>(
  session: HttpSession,
  path: string,
  atMost = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null; items.length < atMost;) {
    const query = `${path.includes('?') ? '&' : '?'}limit=100${cursor === null ? '' : `&cursor=${cursor}`}`;
    const page: { items: T[]; nextCursor: string | null } = await session.get(`${path}${query}`);
    items.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return items;
}
