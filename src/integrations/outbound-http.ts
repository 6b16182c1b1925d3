import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isAllowedHost, isPublicAddress, outboundUrlProblem } from '../domain/outbound/outbound-url.js';
import { ChannelRefusal } from './channel-refusal.js';

const CONNECT_MS = 5_000;
const TOTAL_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;

export interface OutboundAnswer {
  status: number;
  /** at most 64 kB, as text, never decompressed */
  body: string;
}

export interface OutboundPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Posts to an address that somebody typed in. Redirects are never followed. */
export type PostOutside = (post: OutboundPost) => Promise<OutboundAnswer>;

export interface OutboundCall {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer | null;
  /** what is longer is cut off there */
  maxBytes: number;
  totalMs: number;
}

export interface OutboundReply {
  status: number;
  body: Buffer;
  isCut: boolean;
}

/** Calls an address that is not ours: whoever operates this, or the other side, has named it. Redirects are never followed. */
export type CallOutside = (call: OutboundCall) => Promise<OutboundReply>;

/** Every address a name stands for. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface OutboundOptions {
  /** `host:port` that may be reached whatever it is */
  allowedHosts: readonly string[];
  resolve?: Resolve;
}

/** @throws ChannelRefusal ADDRESS_FORBIDDEN */
export function outsidePoster(options: OutboundOptions): PostOutside {
  const call = outsideCaller(options);
  return async ({ url, headers, body }) => {
    const limits = { maxBytes: MAX_ANSWER_BYTES, totalMs: TOTAL_MS };
    const reply = await call({ method: 'POST', url, headers, body: Buffer.from(body), ...limits });
    return { status: reply.status, body: reply.body.toString('utf8') };
  };
}

/**
 * The address is judged where the socket connects: the one that was judged is the one connected to, so a name that answers
 * differently the second time gains nothing. @throws ChannelRefusal ADDRESS_FORBIDDEN
 */
export function outsideCaller({ allowedHosts, resolve = resolveAll }: OutboundOptions): CallOutside {
  return async (call) => {
    const problem = outboundUrlProblem(call.url, allowedHosts);
    if (problem) throw new ChannelRefusal('ADDRESS_FORBIDDEN', problem);
    const url = new URL(call.url);
    const isTrusted = isAllowedHost(url, allowedHosts);
    return send(url, call, isTrusted ? undefined : publicLookup(resolve));
  };
}

export function resolveAll(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((done, fail) => {
    dnsLookup(hostname, { all: true }, (error, addresses) => (error ? fail(error) : done(addresses)));
  });
}

/** One address of several that is not public spoils them all. */
function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
          callback(new ChannelRefusal('ADDRESS_FORBIDDEN', 'PRIVATE_ADDRESS'), '');
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

function send(url: URL, call: OutboundCall, lookup: LookupFunction | undefined): Promise<OutboundReply> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { method, headers, body, maxBytes, totalMs } = call;
  return new Promise((done, fail) => {
    const going = request(url, {
      method,
      agent: false,
      signal: AbortSignal.timeout(totalMs),
      headers: {
        ...headers,
        'Accept-Encoding': 'identity',
        ...(body ? { 'Content-Length': body.length } : {}),
      },
      ...(lookup ? { lookup } : {}),
    });
    const connecting = setTimeout(() => going.destroy(new Error('no connection in time')), CONNECT_MS);
    going.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
    going.on('close', () => clearTimeout(connecting));
    going.on('error', fail);
    going.on('response', (response) => {
      readUpToLimit(response, maxBytes).then((read) => {
        done({ status: response.statusCode ?? 0, ...read });
        going.destroy();
      }, fail);
    });
    going.end(body ?? undefined);
  });
}

async function readUpToLimit(
  response: IncomingMessage,
  maxBytes: number,
): Promise<Pick<OutboundReply, 'body' | 'isCut'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), isCut: size > maxBytes };
}
