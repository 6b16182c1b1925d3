import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/api/create-app.js';
import { ApiSettings } from '../../src/api/http/settings.js';
import { issueSession } from '../../src/commands/auth/session.js';
import { testDatabase } from './postgres.js';

export interface Reply<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface RequestOptions {
  /** null = send none; default a fresh one for every write */
  key?: string | null;
  headers?: Record<string, string>;
}

/** Speaks to the API as one person; bodies are parsed JSON (or text when they are not JSON). */
export interface ApiClient {
  /** null for nobody */
  token: string | null;
  get<T = Record<string, unknown>>(path: string, options?: RequestOptions): Promise<Reply<T>>;
  post<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Reply<T>>;
  put<T = Record<string, unknown>>(path: string, body?: unknown, options?: RequestOptions): Promise<Reply<T>>;
  delete<T = Record<string, unknown>>(path: string, options?: RequestOptions): Promise<Reply<T>>;
  /** FormData is sent as multipart, everything else as JSON */
  send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body: unknown,
    options?: RequestOptions,
  ): Promise<Reply<T>>;
}

export interface TestApi {
  url: string;
  dataSource: DataSource;
  app: NestExpressApplication;
  /** a live session of a demo account, without the cost of a password */
  as(username: string): Promise<ApiClient>;
  anonymous: ApiClient;
  personId(username: string): Promise<string>;
  close(): Promise<void>;
}

export interface ApiOptions {
  oidc?: { issuer: string; audience: string; jwksUrl: string };
  webRoot?: string;
  trustedProxies?: readonly string[];
  esign?: { appId: string; appSecret: string };
}

/** The API on a free port, on a seeded database of its own. Paths are below `/api/v1` unless they start with `/api` or `/health`. */
export async function startApi(options: ApiOptions = {}): Promise<TestApi> {
  const database = await testDatabase({ seeded: true });
  const { dataSource } = database;
  const app = await createApp(
    dataSource,
    new ApiSettings({
      secret: 'a secret for cursors, at least 32 long',
      oidc: options.oidc ?? null,
      webRoot: options.webRoot ?? null,
      temporalAddress: null,
      trustedProxies: options.trustedProxies ?? [],
      esign: options.esign ?? null,
    }),
  );
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const personId = async (username: string): Promise<string> => {
    const [row] = await dataSource.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = $1`, [
      username,
    ]);
    if (!row) throw new Error(`no demo account ${username}`);
    return row.id;
  };
  return {
    url,
    dataSource,
    app,
    personId,
    anonymous: clientOf(url, null),
    as: async (username) => {
      const employeeId = await personId(username);
      const { token } = await issueSession(dataSource, { employeeId, kind: 'SESSION', name: null, hours: 1 });
      return clientOf(url, token);
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

const UNVERSIONED = /^\/(api|health|metrics)(\/|$)/;

export function clientOf(url: string, token: string | null): ApiClient {
  const send = async <T>(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions = {},
  ): Promise<Reply<T>> => {
    const key = options.key === undefined && method !== 'GET' ? randomUUID() : options.key;
    const multipart = body instanceof FormData;
    const answer = await fetch(`${url}${UNVERSIONED.test(path) ? '' : '/api/v1'}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(key ? { 'Idempotency-Key': key } : {}),
        ...(body === undefined || multipart ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
      body:
        body === undefined
          ? undefined
          : multipart
            ? body
            : typeof body === 'string'
              ? body
              : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return { status: answer.status, headers: answer.headers, body: (json ? JSON.parse(text) : text) as T };
  };
  return {
    token,
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    delete: (path, options) => send('DELETE', path, undefined, options),
  };
}
