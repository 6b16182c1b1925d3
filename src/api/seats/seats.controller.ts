import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { decideSeat } from '../../commands/approval/decide.js';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { retractDecision } from '../../commands/approval/retract.js';
import type { ReadRight } from '../../commands/approval/request-lock.js';
import {
  addSeats,
  claimSeat,
  removeSeat,
  transferSeat,
  type SeatsChanged,
} from '../../commands/approval/seats.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { nextItem } from '../../queries/inbox/inbox.js';
import type { JsonObject } from '../../domain/json.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { Allow, CurrentPrincipal, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import type { Principal } from '../http/request.js';
import {
  AddBody,
  ClaimBody,
  DecisionBody,
  DecisionResult,
  RemoveBody,
  RetractBody,
  SeatsResult,
  TransferBody,
} from './seats.dto.js';

@ApiTags('approvals')
@Controller('seats')
export class SeatsController {
  constructor(
    private readonly db: DataSource,
    private readonly signer: DecisionSigner,
  ) {}

  @Post(':seatId/decisions')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: DecisionResult })
  async decide(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: DecisionBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @CurrentPrincipal() { authenticatedAt }: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionResult> {
    const edits = body.edits as JsonObject | undefined;
    const input = { ...body, seatId, comment: body.comment ?? null, edits };
    const answer = await decideSeat(this.db, meta, input, seenBy(viewer), undefined, {
      authenticatedAt,
      signer: this.signer,
    });
    const next = await nextItem(this.db, viewer.personId);
    return { ...replyWith(response, answer), next, replayed: answer.replayed };
  }

  @Post(':seatId/transfer')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: SeatsResult })
  async transfer(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: TransferBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const answer = await transferSeat(this.db, meta, { ...body, seatId }, seenBy(viewer));
    return this.changed(viewer, response, answer);
  }

  @Post(':seatId/claim')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: SeatsResult })
  async claim(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: ClaimBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const command = { type: 'CLAIM' as const, seatId, ...body };
    return this.changed(viewer, response, await claimSeat(this.db, meta, command, seenBy(viewer)));
  }

  @Post(':seatId/release')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: SeatsResult })
  async release(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const command = { type: 'RELEASE' as const, seatId };
    return this.changed(viewer, response, await claimSeat(this.db, meta, command, seenBy(viewer)));
  }

  @Post(':seatId/add')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: SeatsResult })
  async add(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: AddBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const answer = await addSeats(
      this.db,
      meta,
      { ...body, seatId, rule: body.rule ?? 'ALL' },
      seenBy(viewer),
    );
    return this.changed(viewer, response, answer);
  }

  @Post(':seatId/remove')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: SeatsResult })
  async remove(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: RemoveBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const asAdmin = viewer.permissions['approval:admin'] !== undefined;
    const input = { seatId, reason: body.reason, acceptOutcome: body.acceptOutcome ?? false, asAdmin };
    return this.changed(viewer, response, await removeSeat(this.db, meta, input, seenBy(viewer)));
  }

  @Post(':seatId/retract')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: SeatsResult })
  async retract(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: RetractBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SeatsResult> {
    const input = { seatId, expectedSeatVersion: body.expectedSeatVersion, reason: body.reason ?? null };
    return this.changed(viewer, response, await retractDecision(this.db, meta, input, seenBy(viewer)));
  }

  private async changed(
    viewer: Viewer,
    response: Response,
    answer: Answer<SeatsChanged>,
  ): Promise<SeatsResult> {
    const next = await nextItem(this.db, viewer.personId);
    return { ...replyWith(response, answer), next, replayed: answer.replayed };
  }
}

function seenBy(viewer: Viewer): ReadRight {
  return (tx, id) => mayReadRequest(tx, viewer, id);
}
