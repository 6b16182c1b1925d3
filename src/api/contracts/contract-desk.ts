import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { Answer } from '../../commands/transaction.js';
import { HOLD_PERMISSION, type SuspensionCause } from '../../domain/contract/life.js';
import { DomainError } from '../../domain/errors.js';
import { mustReachContract, readContract } from '../../queries/contract/contracts.js';
import type { Viewer } from '../../queries/org/scope.js';
import { setVersion } from '../http/if-match.js';
import { replyWith } from '../http/meta.js';
import type { ContractView } from './contracts.dto.js';

/** How every command on a contract is answered. */
@Injectable()
export class ContractDesk {
  constructor(private readonly db: DataSource) {}

  /** What the person may not reach under the permission does not exist; then the command. */
  async run(
    permission: string,
    viewer: Viewer,
    id: string,
    response: Response,
    command: () => Promise<Answer<unknown>>,
  ): Promise<void> {
    await mustReachContract(this.db, viewer, permission, id);
    replyWith(response, await command());
  }

  /** The same, and then what is so. */
  async act(...asked: Parameters<ContractDesk['run']>): Promise<ContractView> {
    const [, viewer, id, response] = asked;
    await this.run(...asked);
    return this.view(viewer, id, response);
  }

  /** As `act`, for a hold: what is seen but held by somebody else is refused by name. */
  async hold(
    cause: SuspensionCause | null,
    viewer: Viewer,
    id: string,
    response: Response,
    command: () => Promise<Answer<unknown>>,
  ): Promise<ContractView> {
    const permission = cause === null ? 'contract:read' : HOLD_PERMISSION[cause];
    await mustReachContract(this.db, viewer, 'contract:read', id);
    if (viewer.permissions[permission] === undefined) throw new DomainError('FORBIDDEN', { permission });
    return this.act(permission, viewer, id, response, command);
  }

  async view(viewer: Viewer, id: string, response: Response): Promise<ContractView> {
    const contract = await readContract(this.db, viewer, id);
    setVersion(response, contract.rowVersion);
    return contract;
  }
}
