import { createHash, createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Signer } from '../domain/contract/signing.js';
import type { CallOutside, OutboundReply } from './outbound-http.js';
import { SigningRefusal, type SigningReport, type SigningRequest, type SigningService } from './signing.js';

export interface EsignSettings {
  /** `https://openapi.esign.cn`, or the sandbox `https://smlopenapi.esign.cn` */
  baseUrl: string;
  appId: string;
  appSecret: string;
  /** where e签宝 tells what has happened; it has to reach it */
  notifyUrl: string;
}

export interface EsignDependencies {
  call: CallOutside;
  now?: () => number;
  /** between two looks at an uploaded file */
  fileReadyMs?: number;
}

const ACCEPT = '*/*';
const JSON_TYPE = 'application/json; charset=UTF-8';
const PDF_TYPE = 'application/pdf';
const ANSWER = { maxBytes: 512 * 1024, totalMs: 15_000 };
const FILE = { maxBytes: 50 * 1024 * 1024, totalMs: 60_000 };
/** of an uploaded file: it may be signed · it never will be */
const READY = [2, 5];
const BROKEN = [3, 9, 12];
const LOOKS = 8;
/** the file is still being looked at there: worth another try */
const NOT_YET = 1437513;
/** it is not under way any more, or was revoked */
const OVER = ['1437203', '1437168'];
const LINK_SECONDS = 3_600;
const REASON_LIMIT = 50;
const STATES: Readonly<Record<number, SigningReport['state']>> = {
  2: 'SIGNED',
  3: 'REVOKED',
  5: 'EXPIRED',
  7: 'DECLINED',
};

/** Base64 of the 16 bytes, not of their hex. */
export function contentMd5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}

/**
 * What a request is signed with: method, Accept, Content-MD5, Content-Type, Date (empty) and path, each as it is sent, under
 * the application's secret; base64.
 */
export function esignSignature(
  secret: string,
  { method, md5, path }: { method: string; md5: string; path: string },
): string {
  const text = [method, ACCEPT, md5, JSON_TYPE, '', path].join('\n');
  return createHmac('sha256', secret).update(text).digest('base64');
}

/** e签宝, SaaS API v3: the PDF is uploaded, a flow made of it, each signer gets a page there. */
export function esignService(
  settings: EsignSettings,
  { call, now = Date.now, fileReadyMs = 1_500 }: EsignDependencies,
): SigningService {
  async function ask<T>(method: 'GET' | 'POST', path: string, content?: object): Promise<T> {
    const body = content ? Buffer.from(JSON.stringify(content)) : null;
    const md5 = body ? contentMd5(body) : '';
    const reply = await call({
      method,
      url: `${settings.baseUrl}${path}`,
      headers: {
        Accept: ACCEPT,
        'Content-Type': JSON_TYPE,
        'Content-MD5': md5,
        'X-Tsign-Open-App-Id': settings.appId,
        'X-Tsign-Open-Auth-Mode': 'Signature',
        'X-Tsign-Open-Ca-Timestamp': String(now()),
        'X-Tsign-Open-Ca-Signature': esignSignature(settings.appSecret, { method, md5, path }),
      },
      body,
      ...ANSWER,
    });
    return dataOf<T>(reply);
  }

  async function upload({ fileName, document }: SigningRequest): Promise<string> {
    const md5 = contentMd5(document);
    const { fileId, fileUploadUrl } = await ask<{ fileId: string; fileUploadUrl: string }>(
      'POST',
      '/v3/files/file-upload-url',
      { contentMd5: md5, contentType: PDF_TYPE, convertToPDF: false, fileName, fileSize: document.length },
    );
    const headers = { 'Content-MD5': md5, 'Content-Type': PDF_TYPE };
    const put = await call({ method: 'PUT', url: fileUploadUrl, headers, body: document, ...FILE });
    const taken = jsonOf<{ errCode?: number }>(put);
    if (put.status !== 200 || taken?.errCode !== 0) throw new Error(`the upload was answered ${put.status}`);
    await ready(fileId);
    return fileId;
  }

  async function ready(fileId: string): Promise<void> {
    for (let look = 0; look < LOOKS; look += 1) {
      const { fileStatus } = await ask<{ fileStatus: number }>('GET', `/v3/files/${fileId}`);
      if (READY.includes(fileStatus)) return;
      if (BROKEN.includes(fileStatus)) throw new SigningRefusal(`FILE_${fileStatus}`, 'the file is no PDF');
      await pause(fileReadyMs);
    }
    throw new Error('the uploaded file is not ready yet');
  }

  return {
    async createFlow(request) {
      const fileId = await upload(request);
      const { signFlowId } = await ask<{ signFlowId: string }>('POST', '/v3/sign-flow/create-by-file', {
        docs: [{ fileId, fileName: request.fileName }],
        signFlowConfig: {
          signFlowTitle: request.title,
          signFlowExpireTime: Date.parse(request.expiresAt),
          autoStart: true,
          autoFinish: true,
          notifyUrl: settings.notifyUrl,
        },
        signers: request.signers.map((signer) => signerOf(signer, fileId)),
      });
      const signers = [];
      for (const { no, account, organisation } of request.signers) {
        const { url } = await ask<{ url: string }>('POST', `/v3/sign-flow/${signFlowId}/sign-url`, {
          operator: { psnAccount: account },
          ...(organisation === null ? {} : { organization: { orgName: organisation } }),
          urlType: 2,
          clientType: 'ALL',
        });
        signers.push({ no, url });
      }
      return { providerFlowId: signFlowId, signers };
    },

    async state(providerFlowId) {
      const detail = await ask<Detail>('GET', `/v3/sign-flow/${providerFlowId}/detail`);
      const { signFlowStatus, signFlowDescription, revokeReason, signers } = detail;
      return {
        state: STATES[signFlowStatus] ?? 'PENDING',
        signers: signers.flatMap(signerReport),
        reason: revokeReason || signFlowDescription || null,
      };
    },

    async signedFile(providerFlowId) {
      const path = `/v3/sign-flow/${providerFlowId}/file-download-url`;
      const { files } = await ask<{ files: { downloadUrl: string }[] }>('POST', path, {
        urlAvailableDate: LINK_SECONDS,
      });
      const [file] = files;
      if (!file) throw new Error('a signed flow without a file');
      const got = await call({ method: 'GET', url: file.downloadUrl, headers: {}, body: null, ...FILE });
      if (got.status !== 200 || got.isCut) throw new Error(`the download was answered ${got.status}`);
      return got.body;
    },

    async cancel(providerFlowId, reason) {
      const revokeReason = reason.slice(0, REASON_LIMIT);
      await ask('POST', `/v3/sign-flow/${providerFlowId}/revoke`, { revokeReason }).catch(
        (error: unknown) => {
          if (!(error instanceof SigningRefusal && OVER.includes(error.code))) throw error;
        },
      );
    },
  };
}

interface Detail {
  signFlowStatus: number;
  signFlowDescription?: string | null;
  revokeReason?: string | null;
  signers: { signStatus: number; signFields?: { customBizNum?: string }[] }[];
}

function signerReport({ signStatus, signFields = [] }: Detail['signers'][number]): SigningReport['signers'] {
  const no = Number(signFields[0]?.customBizNum);
  if (!Number.isInteger(no)) return [];
  return [{ no, state: signStatus === 2 ? 'SIGNED' : signStatus === 4 ? 'DECLINED' : 'PENDING' }];
}

/** Signs anywhere on the file: as a person, or for an organisation, whose seal it is then. */
function signerOf({ no, name, organisation, account }: Signer, fileId: string): object {
  const person = { psnAccount: account, psnInfo: { psnName: name } };
  return {
    ...(organisation === null
      ? { signerType: 0, psnSignerInfo: person }
      : { signerType: 1, orgSignerInfo: { orgName: organisation, transactorInfo: person } }),
    signFields: [{ fileId, customBizNum: String(no), normalSignFieldConfig: { freeMode: true } }],
  };
}

/** Success is code 0 and nothing else; a refused signature or address is ours to mend, and worth another try then. */
function dataOf<T>(reply: OutboundReply): T {
  const { status, isCut } = reply;
  const said = jsonOf<{ code?: number; message?: string; data?: T }>(reply);
  if (status === 200 && !isCut && said?.code === 0) return said.data ?? ({} as T);
  const text = `e签宝 answered ${status} ${said?.code ?? ''} ${said?.message ?? ''}`.trim();
  const isFinal = status < 400 && typeof said?.code === 'number' && said.code !== 0 && said.code !== NOT_YET;
  if (isFinal) throw new SigningRefusal(String(said.code), text);
  throw new Error(text);
}

function jsonOf<T>({ body }: OutboundReply): T | null {
  try {
    return JSON.parse(body.toString('utf8')) as T;
  } catch {
    return null;
  }
}
