import type { LoggerService } from '@nestjs/common';
import { createLogger } from '../../log.js';

/** Nest's own words in the process's JSON log. Its start-up chatter is debug. */
export class NestLogger implements LoggerService {
  private readonly logger = createLogger('nest');

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const err = message instanceof Error ? message : rest.find((part) => part instanceof Error);
    this.logger.error({ err }, message instanceof Error ? message.message : String(message));
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
}
