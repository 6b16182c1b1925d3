import { describe, expect, it } from '@jest/globals';
import { esignOf, loadEnv } from './env.js';

const BASE = { DATABASE_URL: 'postgres://x', SESSION_SECRET: 's'.repeat(32) };
const APPLICATION = { ESIGN_APP_ID: '7438800000', ESIGN_APP_SECRET: 'secret' };
const esign = (given: NodeJS.ProcessEnv) => esignOf(loadEnv({ ...BASE, ...given }));

describe('e签宝 in the environment', () => {
  it('is not set up without an application', () => {
    expect(esign({})).toBeNull();
    expect(esign({ ESIGN_APP_ID: '', ESIGN_APP_SECRET: '' })).toBeNull();
  });

  it('is called at its own address, and calls back under PUBLIC_URL', () => {
    expect(esign({ ...APPLICATION, PUBLIC_URL: 'https://sealflow.example/' })).toEqual({
      baseUrl: 'https://openapi.esign.cn',
      appId: '7438800000',
      appSecret: 'secret',
      notifyUrl: 'https://sealflow.example/api/v1/signing-callbacks/esign',
    });
    const sandbox = { ...APPLICATION, ESIGN_BASE_URL: 'https://smlopenapi.esign.cn/' };
    expect(esign(sandbox)!.baseUrl).toBe('https://smlopenapi.esign.cn');
  });

  it.each(['ESIGN_APP_ID', 'ESIGN_APP_SECRET'] as const)('%s alone stops the process, unsaid', (name) => {
    const half = () => esign({ [name]: APPLICATION[name] });
    expect(half).toThrow('ESIGN_APP_ID, ESIGN_APP_SECRET: both or neither');
    expect(half).not.toThrow(APPLICATION[name]);
  });
});
