import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, outboundUrlProblem } from './outbound-url.js';

describe('addresses that messages may be sent to (V1.18)', () => {
  it.each([
    ['https://hooks.example.com/a?b=c', null],
    ['https://hooks.example.com:8443/', null],
    ['https://93.184.216.34/', null],
    ['https://[2606:4700::1111]/', null],
    ['http://hooks.example.com/', 'SCHEME'],
    ['file:///etc/passwd', 'SCHEME'],
    ['gopher://example.com/', 'SCHEME'],
    ['https://user@example.com/', 'CREDENTIALS'],
    ['https://hooks.example.com:5432/', 'PORT'],
    ['https://hooks.example.com:7233/', 'PORT'],
    ['https://127.0.0.1/', 'PRIVATE_ADDRESS'],
    ['https://2130706433/', 'PRIVATE_ADDRESS'],
    ['https://0x7f.1/', 'PRIVATE_ADDRESS'],
    ['https://0177.0.0.1/', 'PRIVATE_ADDRESS'],
    ['https://0.0.0.0/', 'PRIVATE_ADDRESS'],
    ['https://169.254.169.254/latest/meta-data', 'PRIVATE_ADDRESS'],
    ['https://100.64.0.1/', 'PRIVATE_ADDRESS'],
    ['https://10.1.2.3/', 'PRIVATE_ADDRESS'],
    ['https://[::1]/', 'PRIVATE_ADDRESS'],
    ['https://[::ffff:7f00:1]/', 'PRIVATE_ADDRESS'],
    ['https://[::ffff:127.0.0.1]/', 'PRIVATE_ADDRESS'],
    ['https://[fd00::1]/', 'PRIVATE_ADDRESS'],
    ['https://[fe80::1]/', 'PRIVATE_ADDRESS'],
    ['https://[64:ff9b::7f00:1]/', 'PRIVATE_ADDRESS'],
    ['https://localhost/', 'PRIVATE_ADDRESS'],
    ['https://localhost./', 'PRIVATE_ADDRESS'],
    ['https://db.internal/', 'PRIVATE_ADDRESS'],
    ['https://postgres/', 'PRIVATE_ADDRESS'],
    ['https://127。0。0。1/', 'NOT_A_URL'],
    ['https://example.com/a\r\nHost: x', 'NOT_A_URL'],
    ['not a url', 'NOT_A_URL'],
  ])('%s: %s', (url, problem) => {
    expect(outboundUrlProblem(url)).toBe(problem);
  });

  it('an operator may allow a host and port by name, and nothing beside it', () => {
    const allowed = ['127.0.0.1:9999'];
    expect(outboundUrlProblem('http://127.0.0.1:9999/x', allowed)).toBeNull();
    expect(outboundUrlProblem('http://127.0.0.1:9998/x', allowed)).toBe('SCHEME');
    expect(outboundUrlProblem('http://user@127.0.0.1:9999/x', allowed)).toBe('CREDENTIALS');
  });

  it.each([
    ['8.8.8.8', true],
    ['172.15.255.255', true],
    ['172.16.0.0', false],
    ['172.31.255.255', false],
    ['172.32.0.0', true],
    ['100.63.255.255', true],
    ['100.127.255.255', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['2001:db8::1', false],
    ['2001:0:1::1', false],
    ['2002:7f00:1::', false],
    ['2400:3200::1', true],
    ['::', false],
    ['fe80::1%eth0', false],
    ['1.2.3', false],
    ['1:2:3', false],
    ['', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});
