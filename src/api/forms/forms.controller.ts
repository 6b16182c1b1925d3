import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { createForm, deleteForm, editForm } from '../../commands/request-kind/draft.js';
import { previewForm, submitForm } from '../../commands/request-kind/submit.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Actor } from '../../domain/actor.js';
import type { JsonObject } from '../../domain/json.js';
import { documentProblems } from '../../policy/request-kind/validate.js';
import type { Viewer } from '../../queries/org/scope.js';
import { listForms, readForm } from '../../queries/request-kind/forms.js';
import { planView } from '../../queries/request/plan-view.js';
import { readRequestView } from '../../queries/request/request-view.js';
import { Allow, CurrentActor, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { ApprovalPlan } from '../requests/plan.dto.js';
import { RequestView } from '../requests/request-view.dto.js';
import {
  CreateFormBody,
  EditFormBody,
  FormDeleted,
  FormListQuery,
  FormPage,
  FormView,
  SubmitFormBody,
  type FormSummary,
} from './forms.dto.js';

/** Documents of request kinds, for whoever started them: drafts, and what came back. */
@ApiTags('request kinds')
@Controller('forms')
export class FormsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('approval:read')
  @ApiOkResponse({ type: FormPage })
  list(@Query() query: FormListQuery, @CurrentViewer() viewer: Viewer): Promise<Page<FormSummary>> {
    return this.paging.read('forms', query, (slice) => listForms(this.db, viewer.personId, query, slice));
  }

  @Post()
  @Allow('approval:read')
  @ApiCreatedResponse({ type: FormView })
  async create(
    @Body() body: CreateFormBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FormView> {
    const input = { kind: body.kind, ...inputOf(body) };
    const { formId } = replyWith(response, await createForm(this.db, meta, input));
    return this.view(viewer, formId, response);
  }

  @Get(':id')
  @Allow('approval:read')
  @ApiOkResponse({ type: FormView })
  one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FormView> {
    return this.view(viewer, id, response);
  }

  @Put(':id')
  @Allow('approval:read')
  @ApiOkResponse({ type: FormView })
  async edit(
    @Param('id', ParseUUIDPipe) formId: string,
    @IfMatch() rowVersion: number,
    @Body() body: EditFormBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FormView> {
    replyWith(response, await editForm(this.db, meta, { formId, rowVersion, ...inputOf(body) }));
    return this.view(viewer, formId, response);
  }

  @Delete(':id')
  @Allow('approval:read')
  @ApiOkResponse({ type: FormDeleted })
  async remove(
    @Param('id', ParseUUIDPipe) formId: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FormDeleted> {
    return replyWith(response, await deleteForm(this.db, meta, formId));
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: ApprovalPlan })
  async preview(
    @Param('id', ParseUUIDPipe) formId: string,
    @CurrentActor() actor: Actor,
  ): Promise<ApprovalPlan> {
    return planView(await previewForm(this.db.manager, actor, formId));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestView })
  async submit(
    @Param('id', ParseUUIDPipe) formId: string,
    @Body() body: SubmitFormBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const { requestId } = replyWith(response, await submitForm(this.db, meta, { formId, ...body }));
    return readRequestView(this.db, viewer, requestId);
  }

  private async view(viewer: Viewer, id: string, response: Response): Promise<FormView> {
    const form = await readForm(this.db, viewer.personId, id);
    setVersion(response, form.rowVersion);
    return { ...form, problems: documentProblems(form.content.schema, form.document) };
  }
}

function inputOf({ document, approverIds }: EditFormBody) {
  return { document: document as JsonObject, approverIds: approverIds ?? [] };
}
