import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { giveSigningLink, mailSigningLink } from '../../commands/contract/signing-invitation.js';
import { cancelSigning, startSigning } from '../../commands/contract/start-signing.js';
import { openCustomerLink } from '../../commands/link/customer-link.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import type { SigningProvider } from '../../domain/contract/signing.js';
import { oneLine } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { sealedPdf } from '../../queries/contract/contract-pdf.js';
import { mustReachContract } from '../../queries/contract/contracts.js';
import { contractSigning, signingEvidence, signingFile } from '../../queries/contract/signing.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { sendPdf } from '../http/send-pdf.js';
import { ApiSettings } from '../http/settings.js';
import { ContractDesk } from './contract-desk.js';
import { ReasonBody } from './life.dto.js';
import { ContractSigning, SigningEvidence, SigningLinkGiven, StartSigningBody } from './signing.dto.js';

const DEFAULT_DAYS = 14;

/** The customer's signature on a sealed contract, or on a sealed change of one. */
@ApiTags('contracts')
@Controller('contracts/:id/signing-flows')
export class ContractSigningController {
  constructor(
    private readonly db: DataSource,
    private readonly settings: ApiSettings,
    private readonly desk: ContractDesk,
  ) {}

  @Get()
  @Allow('contract:read')
  @ApiOkResponse({ type: ContractSigning })
  list(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<ContractSigning> {
    return contractSigning(this.db, viewer, id, this.provider);
  }

  @Post()
  @Allow('contract:sign')
  @ApiCreatedResponse({ type: ContractSigning })
  start(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { signers, language, days = DEFAULT_DAYS }: StartSigningBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractSigning> {
    return this.act(viewer, id, response, async () => {
      const pdf = await sealedPdf(this.db, id, language);
      return startSigning(this.db, meta, {
        contractId: id,
        provider: this.provider,
        document: pdf?.bytes ?? Buffer.alloc(0),
        textHash: pdf?.textHash ?? '',
        language,
        days,
        signers: signers.map(({ name, organisation, account }) => ({
          name: oneLine(name),
          organisation: organisation === undefined ? null : oneLine(organisation),
          account: account?.trim() || null,
        })),
      });
    });
  }

  @Post(':flowId/cancel')
  @HttpCode(200)
  @Allow('contract:sign')
  @ApiOkResponse({ type: ContractSigning })
  cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Body() { reason }: ReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractSigning> {
    return this.act(viewer, id, response, () =>
      cancelSigning(this.db, meta, { contractId: id, flowId, reason }),
    );
  }

  /** The link of one signer, to be handed to them alone; the chain knows who took it. */
  @Post(':flowId/signers/:no/links')
  @Allow('contract:sign')
  @ApiCreatedResponse({ type: SigningLinkGiven })
  async link(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('no', ParseIntPipe) no: number,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SigningLinkGiven> {
    await mustReachContract(this.db, viewer, 'contract:sign', id);
    const { signerId, url } = replyWith(
      response,
      await giveSigningLink(this.db, meta, { contractId: id, flowId, no }),
    );
    const { secret } = this.settings.options;
    return { url: url ?? `/s/${await openCustomerLink(this.db, secret, 'signing', signerId)}` };
  }

  @Post(':flowId/signers/:no/mails')
  @HttpCode(200)
  @Allow('contract:sign')
  @ApiOkResponse({ type: ContractSigning })
  mail(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('no', ParseIntPipe) no: number,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ContractSigning> {
    return this.act(viewer, id, response, () =>
      mailSigningLink(this.db, meta, { contractId: id, flowId, no }),
    );
  }

  @Get(':flowId/evidence')
  @Allow('contract:read')
  @ApiOkResponse({ type: SigningEvidence })
  async evidence(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SigningEvidence> {
    await mustReachContract(this.db, viewer, 'contract:read', id);
    response.setHeader('Content-Disposition', `attachment; filename="signing-${flowId}.json"`);
    return signingEvidence(this.db, id, flowId);
  }

  /** `document`: what the signers were given · `signed`: what came back, also when it was another document */
  @Get(':flowId/files/:which')
  @Allow('contract:read')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('flowId', ParseUUIDPipe) flowId: string,
    @Param('which') which: string,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    await mustReachContract(this.db, viewer, 'contract:read', id);
    if (which !== 'document' && which !== 'signed') throw new DomainError('NOT_FOUND', { which });
    sendPdf(response, await signingFile(this.db, id, flowId, which));
  }

  /** A command on the contract's signing, and then what is so. */
  private async act(
    viewer: Viewer,
    id: string,
    response: Response,
    command: () => Promise<Answer<unknown>>,
  ): Promise<ContractSigning> {
    await this.desk.run('contract:sign', viewer, id, response, command);
    return contractSigning(this.db, viewer, id, this.provider);
  }

  private get provider(): SigningProvider {
    return this.settings.options.esign ? 'ESIGN' : 'LOCAL';
  }
}
