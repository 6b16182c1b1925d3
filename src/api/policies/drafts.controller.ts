import {
  Body,
  Controller,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { createPolicyDraft, discardPolicyDraft, editPolicyDraft } from '../../commands/policy/draft.js';
import { importPolicySheet } from '../../commands/policy/import-sheet.js';
import {
  approvePolicyDraft,
  recallPolicyDraft,
  sendBackPolicyDraft,
  submitPolicyDraft,
} from '../../commands/policy/review.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { SHEET_LIMITS } from '../../policy/sheet-file.js';
import { readPolicy, type PolicyView as View } from '../../queries/policy/policies.js';
import { Allow } from '../http/access.js';
import { mustHaveFile, type Upload } from '../http/files.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import {
  PolicyApproveBody,
  PolicyDraftBody,
  PolicyEditBody,
  PolicyReasonBody,
  PolicySheetForm,
  PolicySubmitBody,
} from './drafts.dto.js';
import { PolicyView } from './policies.dto.js';

/** How a policy changes: one person writes, another one looks at it and says from when. */
@ApiTags('policies')
@Controller('policies/drafts')
@Allow('policy:draft')
export class PolicyDraftsController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @ApiCreatedResponse({ type: PolicyView })
  async create(
    @Body() body: PolicyDraftBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const { draftId } = replyWith(response, await createPolicyDraft(this.db, meta, body));
    return this.view(draftId, response);
  }

  @Put(':id')
  @ApiOkResponse({ type: PolicyView })
  async edit(
    @Param('id', ParseUUIDPipe) draftId: string,
    @IfMatch() rowVersion: number,
    @Body() body: PolicyEditBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    replyWith(response, await editPolicyDraft(this.db, meta, { ...body, draftId, rowVersion }));
    return this.view(draftId, response);
  }

  /** The rows of a workbook instead of the draft's own; everything else of the draft stays. */
  @Post(':id/import')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: PolicySheetForm })
  @ApiOkResponse({ type: PolicyView })
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: SHEET_LIMITS.fileBytes, files: 1, fields: 0 } }),
  )
  async import(
    @Param('id', ParseUUIDPipe) draftId: string,
    @IfMatch() rowVersion: number,
    @UploadedFile() file: Upload | undefined,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const sheet = { draftId, rowVersion, file: mustHaveFile(file).buffer };
    replyWith(response, await importPolicySheet(this.db, meta, sheet));
    return this.view(draftId, response);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @ApiOkResponse({ type: PolicyView })
  async submit(
    @Param('id', ParseUUIDPipe) draftId: string,
    @IfMatch() rowVersion: number,
    @Body() body: PolicySubmitBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const submission = { draftId, rowVersion, validFrom: body.validFrom ?? null };
    replyWith(response, await submitPolicyDraft(this.db, meta, submission));
    return this.view(draftId, response);
  }

  @Post(':id/recall')
  @HttpCode(200)
  @ApiOkResponse({ type: PolicyView })
  async recall(
    @Param('id', ParseUUIDPipe) draftId: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    replyWith(response, await recallPolicyDraft(this.db, meta, draftId));
    return this.view(draftId, response);
  }

  @Post(':id/send-back')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async sendBack(
    @Param('id', ParseUUIDPipe) draftId: string,
    @IfMatch() rowVersion: number,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    replyWith(response, await sendBackPolicyDraft(this.db, meta, { draftId, rowVersion, reason }));
    return this.view(draftId, response);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async approve(
    @Param('id', ParseUUIDPipe) draftId: string,
    @IfMatch() rowVersion: number,
    @Body() body: PolicyApproveBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const approval = { draftId, rowVersion, validFrom: body.validFrom ?? null };
    const { policyId } = replyWith(response, await approvePolicyDraft(this.db, meta, approval));
    return readPolicy(this.db, policyId);
  }

  @Post(':id/discard')
  @HttpCode(204)
  @ApiNoContentResponse()
  async discard(
    @Param('id', ParseUUIDPipe) draftId: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    replyWith(response, await discardPolicyDraft(this.db, meta, draftId));
  }

  private async view(id: string, response: Response): Promise<View> {
    const policy = await readPolicy(this.db, id);
    if (policy.draft) setVersion(response, policy.draft.rowVersion);
    return policy;
  }
}
