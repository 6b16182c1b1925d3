import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { md5, signedCallback, unauthentic, type CallbackOver } from './esign-signatures.js';

type Body = Record<string, unknown>;
interface Reply {
  status: number;
  body: Body | Buffer;
}
interface StoredFile {
  md5: string;
  type: string;
  size: number;
  name: string;
  bytes: Buffer | null;
  /** looks at it until it is ready */
  looks: number;
}
interface SignerBody {
  signerType: number;
  psnSignerInfo?: { psnAccount?: string; psnInfo?: { psnName?: string } };
  orgSignerInfo?: {
    orgName?: string;
    transactorInfo?: { psnAccount?: string; psnInfo?: { psnName?: string } };
  };
  signFields: { fileId: string; customBizNum: string; normalSignFieldConfig: { freeMode?: boolean } }[];
}
interface Flow {
  id: string;
  fileId: string;
  status: 1 | 2 | 3 | 5 | 7;
  signers: (SignerBody & { signStatus: number })[];
  notifyUrl: string;
  title: string;
  expireTime: number;
  reason: string | null;
  signed: Buffer | null;
}

const DAY_MS = 86_400_000;

/**
 * e签宝 SaaS API v3 on a local port, as its documentation has it: every signature and Content-MD5 is computed again from the
 * bytes that arrived, files are looked at before they can be signed, and a refusal is 200 with a code.
 */
export class EsignServer {
  readonly appId = '7438800000';
  readonly appSecret = 'app-secret-of-the-tests';
  readonly flows = new Map<string, Flow>();
  readonly asked: string[] = [];
  /** the next calls of the API are answered with these, before anything is looked at */
  readonly outages: Reply[] = [];
  private readonly files = new Map<string, StoredFile>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<EsignServer> {
    const server = createServer();
    const esign = new EsignServer(server);
    server.on('request', (request, response) => {
      void read(request).then((bytes) => {
        const { status, body } = esign.answer(request, bytes);
        response.writeHead(status, {
          'Content-Type': body instanceof Buffer ? 'application/pdf' : 'application/json',
        });
        response.end(body instanceof Buffer ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return esign;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get settings() {
    const { appId, appSecret } = this;
    const notifyUrl = 'https://sealflow.example/api/v1/signing-callbacks/esign';
    return { baseUrl: `http://${this.host}`, appId, appSecret, notifyUrl };
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }

  /** Everybody signs: the signatures are appended to the file that was uploaded, or to another one. */
  sign(flowId: string, document?: Buffer): void {
    const flow = this.flow(flowId);
    const base = document ?? this.files.get(flow.fileId)!.bytes!;
    flow.signed = Buffer.concat([base, Buffer.from('\n1 0 obj <</Type /Sig>> endobj\n%%EOF\n')]);
    flow.signers.forEach((signer) => Object.assign(signer, { signStatus: 2 }));
    flow.status = 2;
  }

  decline(flowId: string, reason: string): void {
    const flow = this.flow(flowId);
    Object.assign(flow.signers[0]!, { signStatus: 4 });
    Object.assign(flow, { status: 7, reason });
  }

  expire(flowId: string): void {
    this.flow(flowId).status = 5;
  }

  /** What e签宝 posts when a flow is over. */
  callback(flowId: string, over: CallbackOver = {}): { headers: Record<string, string>; body: string } {
    return signedCallback(this, this.flow(flowId), over);
  }

  private flow(id: string): Flow {
    const flow = this.flows.get(id);
    if (!flow) throw new Error(`no flow ${id}`);
    return flow;
  }

  private answer(request: IncomingMessage, bytes: Buffer): Reply {
    const { method = '', url: path = '' } = request;
    this.asked.push(`${method} ${path}`);
    if (path.startsWith('/oss/')) return this.oss(request, bytes);
    const outage = this.outages.shift();
    if (outage) return outage;
    const refused = unauthentic(request, bytes, this);
    if (refused) return { status: 401, body: { success: false, code: 401, message: refused } };
    const body = bytes.length > 0 ? (JSON.parse(bytes.toString('utf8')) as Body) : {};
    const [, , kind, id = '', act = ''] = path.split('/');
    if (kind === 'files' && id === 'file-upload-url') return this.newFile(body);
    if (kind === 'files') return this.fileState(id);
    if (id === 'create-by-file') return this.newFlow(body);
    const flow = this.flows.get(id);
    if (!flow) return refusal(1435011, `流程不存在:${id}`);
    if (act === 'sign-url') return this.signUrl(flow, body);
    if (act === 'detail') return ok(detailOf(flow));
    if (act === 'revoke') return this.revoke(flow, body);
    return this.downloadUrl(flow);
  }

  private newFile({ contentMd5, contentType, fileName, fileSize }: Body): Reply {
    if (!/\.pdf$/.test(String(fileName)) || /[/\\:*"<>|？]/.test(String(fileName)))
      return refusal(1430601, '创建合同失败: 文件名含有特殊字符');
    const id = randomUUID().replaceAll('-', '');
    this.files.set(id, {
      md5: String(contentMd5),
      type: String(contentType),
      size: Number(fileSize),
      name: String(fileName),
      bytes: null,
      looks: 2,
    });
    return ok({ fileId: id, fileUploadUrl: `http://${this.host}/oss/${id}?Expires=1&Signature=s%2Fx` });
  }

  /** The store behind: no signature but that of its address; what was announced, byte for byte. */
  private oss({ method, url = '', headers }: IncomingMessage, bytes: Buffer): Reply {
    const [, , rest = ''] = url.split('/');
    const [id = ''] = rest.split('?');
    if (method === 'GET') return { status: 200, body: this.flow(id).signed! };
    const file = this.files.get(id);
    if (method !== 'PUT' || !file) return { status: 405, body: { errCode: -1, msg: 'MethodNotAllowed' } };
    const isAnnounced = headers['content-md5'] === file.md5 && headers['content-type'] === file.type;
    if (!isAnnounced || headers['x-tsign-open-ca-signature'] !== undefined)
      return { status: 403, body: { errCode: -1, msg: 'SignatureDoesNotMatch' } };
    if (md5(bytes) !== file.md5 || bytes.length !== file.size)
      return { status: 400, body: { errCode: -1, msg: 'InvalidDigest' } };
    file.bytes = bytes;
    return { status: 200, body: { errCode: 0, msg: '成功' } };
  }

  private fileState(id: string): Reply {
    const file = this.files.get(id);
    if (!file) return refusal(1430608, '查询合同信息失败: 合同不存在');
    if (!file.bytes) return ok({ fileId: id, fileStatus: 0 });
    file.looks -= 1;
    return ok({ fileId: id, fileName: file.name, fileStatus: file.looks > 0 ? 1 : 2 });
  }

  private newFlow(body: Body): Reply {
    const [doc] = body['docs'] as { fileId: string }[];
    const config = body['signFlowConfig'] as Body;
    const signers = body['signers'] as SignerBody[];
    const file = this.files.get(doc?.fileId ?? '');
    if (!file?.bytes || file.looks > 0) return refusal(1437513, '文档未成功转换成pdf, 请稍后重试');
    if (/[/\\:*"<>|？]/.test(String(config['signFlowTitle'])))
      return refusal(1435002, '参数错误: signFlowTitle');
    const expireTime = Number(config['signFlowExpireTime']);
    if (!(expireTime > Date.now()) || expireTime > Date.now() + 90 * DAY_MS)
      return refusal(1435002, '参数错误: 签署截止时间signFlowExpireTime不能超过发起后90天');
    if (config['autoFinish'] !== true) return refusal(1435002, '参数错误: autoFinish');
    for (const signer of signers) {
      const who = personOf(signer);
      if (!who?.psnAccount || !who.psnInfo?.psnName) return refusal(1435002, '参数错误: 签署方');
      if (signer.signerType === 1 && !signer.orgSignerInfo?.orgName)
        return refusal(1435002, '参数错误: 机构');
      const [field] = signer.signFields;
      if (field?.fileId !== doc?.fileId) return refusal(1435002, '参数错误: 文件id不在签署流程中');
      if (field?.normalSignFieldConfig.freeMode !== true) return refusal(1435002, '参数错误: 单页签章区');
    }
    const id = randomUUID().replaceAll('-', '');
    this.flows.set(id, {
      id,
      fileId: doc!.fileId,
      status: 1,
      signers: signers.map((signer) => ({ ...signer, signStatus: 1 })),
      notifyUrl: String(config['notifyUrl']),
      title: String(config['signFlowTitle']),
      expireTime,
      reason: null,
      signed: null,
    });
    return ok({ signFlowId: id });
  }

  private signUrl({ id, status, signers }: Flow, body: Body): Reply {
    if (status !== 1) return refusal(1437103, '流程未开启');
    const { psnAccount } = body['operator'] as { psnAccount?: string };
    const orgName = (body['organization'] as { orgName?: string } | undefined)?.orgName;
    const at = signers.findIndex(
      (signer) => personOf(signer)?.psnAccount === psnAccount && signer.orgSignerInfo?.orgName === orgName,
    );
    if (at < 0) return refusal(1437114, '当前用户不是流程参与人, 无权查看流程');
    return ok({ shortUrl: `https://smlt.esign.cn/${at}`, url: `https://h5.esign.cn/sign/${id}/${at}` });
  }

  private revoke(flow: Flow, { revokeReason }: Body): Reply {
    if (flow.status === 3) return refusal(1437168, '流程已撤销');
    if (flow.status !== 1) return refusal(1437203, '非签署中的流程不允许撤销');
    if (String(revokeReason).length > 50) return refusal(1435002, '参数错误: revokeReason');
    Object.assign(flow, { status: 3, reason: revokeReason });
    return { status: 200, body: { code: 0, message: '成功' } };
  }

  private downloadUrl({ id, status, fileId }: Flow): Reply {
    if (status !== 2) return refusal(1437518, '流程非签署完成状态，不允许下载文档');
    const { name } = this.files.get(fileId)!;
    return ok({
      files: [{ fileId, fileName: name, downloadUrl: `http://${this.host}/oss/${id}?Expires=2` }],
    });
  }
}

function personOf({ psnSignerInfo, orgSignerInfo }: SignerBody) {
  return orgSignerInfo?.transactorInfo ?? psnSignerInfo;
}

function detailOf({ status, reason, signers, title, fileId }: Flow): Body {
  return {
    signFlowStatus: status,
    signFlowDescription: status === 7 ? reason : '',
    revokeReason: status === 3 ? reason : '',
    signFlowConfig: { signFlowTitle: title },
    docs: [{ fileId }],
    signers: signers.map(({ signStatus, signFields, signerType }) => ({
      signStatus,
      signerType,
      signFields,
    })),
  };
}

function ok(data: Body): Reply {
  return { status: 200, body: { code: 0, message: '成功', data } };
}

function refusal(code: number, message: string): Reply {
  return { status: 200, body: { code, message, data: null } };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
