/** Ports that a webhook may use; anything else is some other service of somebody's network. */
const PORTS = new Set(['', '443', '8443']);
const MAX_LENGTH = 2_000;
const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * Why messages may not be sent to an address, or null when they may. Only https, only public hosts. The URL is judged as
 * browsers read it: `2130706433`, `0x7f.1` and full-width dots are what they mean. What a name resolves to is judged again
 * when the connection is made.
 * @param allowed `host:port` that an operator allows whatever it is; http is allowed there as well
 * @returns NOT_A_URL · SCHEME · CREDENTIALS · PORT · PRIVATE_ADDRESS
 */
export function outboundUrlProblem(text: string, allowed: readonly string[] = []): string | null {
  if (text.length > MAX_LENGTH || !PRINTABLE.test(text) || !URL.canParse(text)) return 'NOT_A_URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'SCHEME';
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS';
  if (isAllowedHost(url, allowed)) return null;
  if (url.protocol !== 'https:') return 'SCHEME';
  if (!PORTS.has(url.port)) return 'PORT';
  return isPublicHost(url.hostname) ? null : 'PRIVATE_ADDRESS';
}

/** Has an operator allowed this host and port by name? */
export function isAllowedHost(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowed.includes(`${url.hostname}:${port}`);
}

/** A name that may belong to somebody outside, or a public address. */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return isPublicAddress(host.slice(1, -1));
  if (/^\d+(\.\d+){3}$/.test(host)) return isPublicAddress(host);
  return (
    host.includes('.') && !/(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa|test)$/.test(host)
  );
}

/** IPv4 ranges that are not the public Internet: network and length of prefix (RFC 6890 and its successors). */
const NOT_PUBLIC: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Is this a public unicast address? IPv4 in IPv6 counts as the IPv4 it carries. @param address as a resolver gives it */
export function isPublicAddress(address: string): boolean {
  const bare = address.split('%')[0]!.toLowerCase();
  return bare.includes(':') ? isPublicV6(bare) : isPublicV4(bare);
}

function isPublicV4(address: string): boolean {
  const value = v4Number(address);
  if (value === null) return false;
  return NOT_PUBLIC.every(([network, prefix]) => {
    const size = 2 ** (32 - prefix);
    return Math.floor(value / size) !== Math.floor(v4Number(network)! / size);
  });
}

function v4Number(address: string): number | null {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Only 2000::/3 is global unicast; without documentation, Teredo, 6to4 and the like, which lead elsewhere. */
function isPublicV6(address: string): boolean {
  const groups = v6Groups(address);
  if (!groups) return false;
  const [first = 0, second = 0] = groups;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return isPublicV4(v4Text(groups[6]!, groups[7]!));
  if (first < 0x2000 || first > 0x3fff) return false;
  if (first === 0x2001 && (second < 0x200 || second === 0xdb8)) return false;
  return first !== 0x2002 && !(first === 0x3fff && second < 0x1000);
}

function v4Text(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups, or null when it is no IPv6 address. */
function v6Groups(address: string): number[] | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const v4 = dotted ? v4Number(dotted[2]!) : null;
  if (dotted && v4 === null) return null;
  const text =
    v4 === null
      ? address
      : `${dotted![1]}${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`;
  const [head, tail, more] = text.split('::');
  if (more !== undefined) return null;
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : null;
}
