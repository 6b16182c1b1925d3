import { randomUUID } from 'node:crypto';

/** A person's session with the API, as any integrator would hold it: bearer token, idempotency keys, JSON. */
export class ApiClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async login(url: string, username: string, password = 'sealflow'): Promise<ApiClient> {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const body = (await read(response)) as { token: string };
    return new ApiClient(url, body.token);
  }

  async get<T>(path: string): Promise<T> {
    return (await read(await fetch(`${this.url}/api/v1${path}`, { headers: this.headers() }))) as T;
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    return (await read(response)) as T;
  }

  async put<T>(path: string, body: unknown, rowVersion: number): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method: 'PUT',
      headers: {
        ...this.headers(),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        'if-match': `"${rowVersion}"`,
      },
      body: JSON.stringify(body),
    });
    return (await read(response)) as T;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text.slice(0, 400)}`);
  return text === '' ? null : JSON.parse(text);
}
