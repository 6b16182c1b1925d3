import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { cancelAbsence, enterAbsence } from '../../commands/org/absence.js';
import { enterDelegation, revokeDelegation } from '../../commands/org/delegation.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import { heldSeats } from '../../queries/inbox/held-seats.js';
import { absenceById, delegationById, listAbsences, listDelegations } from '../../queries/org/absences.js';
import { reachesPerson } from '../../queries/org/people.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { PageQuery } from '../http/paging.dto.js';
import { Paging, type Page } from '../http/paging.js';
import { HeldSeat, HeldSeatPage } from '../seats/hand-over.dto.js';
import {
  AbsenceBody,
  AbsencePage,
  AbsenceView,
  AffectedQuery,
  DelegationBody,
  DelegationPage,
  DelegationView,
} from './org.dto.js';

@ApiTags('organisation')
@Controller('org')
export class AbsenceController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('absences')
  @Allow('org:read', 'absence:write')
  @ApiOkResponse({ type: AbsencePage })
  absences(@Query() query: PageQuery, @CurrentViewer() viewer: Viewer): Promise<Page<AbsenceView>> {
    return this.paging.read('absences', query, (slice) => listAbsences(this.db, viewer, slice));
  }

  @Get('absences/affected')
  @Allow('absence:write')
  @ApiOkResponse({ type: HeldSeatPage })
  async affected(@Query() query: AffectedQuery, @CurrentViewer() viewer: Viewer): Promise<Page<HeldSeat>> {
    const { personId = viewer.personId, kinds } = query;
    if (!(await reachesPerson(this.db, viewer, 'absence:write', personId)))
      throw new DomainError('NOT_FOUND');
    const policyKinds = kinds?.split(',');
    return this.paging.read('affected', query, (slice) =>
      heldSeats(this.db.manager, { personId, policyKinds }, slice),
    );
  }

  @Post('absences')
  @Allow('absence:write')
  @ApiCreatedResponse({ type: AbsenceView })
  async enterAbsence(
    @Body() body: AbsenceBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AbsenceView> {
    const personId = body.personId ?? viewer.personId;
    if (!(await reachesPerson(this.db, viewer, 'absence:write', personId)))
      throw new DomainError('NOT_FOUND');
    const absence = {
      personId,
      from: body.from,
      to: body.to,
      delegateId: body.delegateId ?? null,
      note: body.note ?? null,
      kinds: body.kinds ?? null,
      maxAmount: body.maxAmount ? { amount: body.maxAmount.amount, currency: body.maxAmount.currency } : null,
      share: body.mode === 'SHARE',
      includeOpen: body.includeOpen ?? false,
      zone: body.zone ?? null,
    };
    const { id } = replyWith(response, await enterAbsence(this.db, meta, absence));
    return absenceById(this.db, id);
  }

  @Delete('absences/:id')
  @Allow('absence:write')
  @HttpCode(204)
  @ApiNoContentResponse()
  async cancelAbsence(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
  ): Promise<void> {
    const { person } = await absenceById(this.db, id);
    if (!(await reachesPerson(this.db, viewer, 'absence:write', person.id)))
      throw new DomainError('NOT_FOUND');
    await cancelAbsence(this.db, meta, id);
  }

  @Get('delegations')
  @Allow()
  @ApiOkResponse({ type: DelegationPage })
  delegations(@Query() query: PageQuery, @CurrentViewer() viewer: Viewer): Promise<Page<DelegationView>> {
    return this.paging.read('delegations', query, (slice) => listDelegations(this.db, viewer, slice));
  }

  @Post('delegations')
  @Allow('absence:write')
  @ApiCreatedResponse({ type: DelegationView })
  async delegate(
    @Body() body: DelegationBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DelegationView> {
    const { id } = replyWith(
      response,
      await enterDelegation(this.db, meta, {
        ...body,
        unitId: body.unitId ?? null,
      }),
    );
    return delegationById(this.db, id);
  }

  @Delete('delegations/:id')
  @Allow('absence:write')
  @HttpCode(204)
  @ApiNoContentResponse()
  async revokeDelegation(@Param('id', ParseUUIDPipe) id: string, @Meta() meta: CommandMeta): Promise<void> {
    await revokeDelegation(this.db, meta, id);
  }
}
