import { connect } from 'node:net';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { Public } from '../http/access.js';
import { ApiSettings } from '../http/settings.js';
import { metricsRegistry } from './metrics.js';

const PROBE_MS = 500;

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly db: DataSource,
    private readonly settings: ApiSettings,
  ) {}

  @Get('health/live')
  @Public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Decisions are accepted while Temporal is away (AE-CMD-7): it is reported, but only Postgres makes us unready. */
  @Get('health/ready')
  @Public()
  async ready(): Promise<{
    status: 'ok';
    postgres: 'up';
    temporal: 'up' | 'down' | 'unknown';
  }> {
    try {
      await this.db.query('SELECT 1');
    } catch {
      throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 2 });
    }
    return {
      status: 'ok',
      postgres: 'up',
      temporal: await this.probeTemporal(),
    };
  }

  @Get('metrics')
  @Public()
  @Header('Content-Type', metricsRegistry.contentType)
  metrics(): Promise<string> {
    return metricsRegistry.metrics();
  }

  private async probeTemporal(): Promise<'up' | 'down' | 'unknown'> {
    const address = this.settings.options.temporalAddress;
    if (!address) return 'unknown';
    const { hostname, port } = new URL(`tcp://${address}`);
    return new Promise((resolve) => {
      const socket = connect({
        host: hostname,
        port: Number(port || 7233),
        timeout: PROBE_MS,
      });
      const end = (state: 'up' | 'down') => {
        socket.destroy();
        resolve(state);
      };
      socket
        .once('connect', () => end('up'))
        .once('timeout', () => end('down'))
        .once('error', () => end('down'));
    });
  }
}
