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

/** Every address a name stands for. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface OutboundOptions {
  /** `host:port` that may be reached whatever it is */
  allowedHosts: readonly string[];
  resolve?: Resolve;
}

/**
 * The address is judged where the socket connects: the one that was judged is the one connected to, so a name that answers
 * differently the second time gains nothing. @throws ChannelRefusal ADDRESS_FORBIDDEN
 */
export function outsidePoster({ allowedHosts, resolve = resolveAll }: OutboundOptions): PostOutside {
  return async (post) => {
    const problem = outboundUrlProblem(post.url, allowedHosts);
    if (problem) throw new ChannelRefusal('ADDRESS_FORBIDDEN', problem);
    const url = new URL(post.url);
    const isTrusted = isAllowedHost(url, allowedHosts);
    return send(url, post, isTrusted ? undefined : publicLookup(resolve));
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

function send(url: URL, post: OutboundPost, lookup: LookupFunction | undefined): Promise<OutboundAnswer> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    const call = request(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(TOTAL_MS),
      headers: {
        ...post.headers,
        'Accept-Encoding': 'identity',
        'Content-Length': Buffer.byteLength(post.body),
      },
      ...(lookup ? { lookup } : {}),
    });
    const connecting = setTimeout(() => call.destroy(new Error('no connection in time')), CONNECT_MS);
    call.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)));
    call.on('close', () => clearTimeout(connecting));
    call.on('error', fail);
    call.on('response', (response) => {
      readUpToLimit(response).then((body) => {
        done({ status: response.statusCode ?? 0, body });
        call.destroy();
      }, fail);
    });
    call.end(post.body);
  });
}

async function readUpToLimit(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}
