import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Secrets of robots and webhooks lie encrypted (AES-256-GCM) in Postgres; a copy of the tables does not open them. */
export class SecretBox {
  private readonly key: Buffer;

  /** @param secret the installation's own */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, 'sealflow', 'channel secrets', 32));
  }

  seal(text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws Error when it was sealed with another secret, or changed */
  open(sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  }

  /** The same for the same text, and nothing that text could be guessed from without the installation's secret. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64');
  }
}
