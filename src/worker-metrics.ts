import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { opsGauges } from './queries/ops/gauges.js';

export interface WorkerMetrics {
  /** how long a message waited in the outbox, milliseconds */
  delivered: (ageMs: number) => void;
  serve: (port: number, host: string, isReady: () => boolean) => Server;
}

/** What monitoring reads from a worker: its own process, and the queues everybody depends on. */
export function createWorkerMetrics(dataSource: DataSource): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const delivery = new Histogram({
    name: 'sealflow_outbox_delivery_seconds',
    help: 'Time from the command that wrote a message to its process being told',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [registry],
  });
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `sealflow_${name}`, help, labelNames, registers: [registry] });
  const pending = gauge('outbox_pending', 'Messages not delivered yet');
  const parked = gauge('outbox_parked', 'Messages given up until somebody looks');
  const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest undelivered message');
  const open = gauge('open_stages', 'Approval stages under way', ['stage']);
  const stuck = gauge('stuck', 'What will not move by itself: see /ops/stuck');

  async function read(): Promise<string> {
    const now = await opsGauges(dataSource);
    pending.set(now.outboxPending);
    parked.set(now.outboxParked);
    oldest.set(now.outboxOldestSeconds);
    open.reset();
    for (const { stage, count } of now.openByStage) open.set({ stage }, count);
    stuck.set(now.stuck);
    return registry.metrics();
  }

  return {
    delivered: (ageMs) => delivery.observe(ageMs / 1_000),
    serve: (port, host, isReady) =>
      createServer((request, response) => {
        if (request.url !== '/metrics') {
          const well = request.url === '/health/live' || (request.url === '/health/ready' && isReady());
          response.writeHead(well ? 200 : 503).end(well ? 'ok' : 'not ready');
          return;
        }
        read().then(
          (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
          () => response.writeHead(503).end('Postgres is away'),
        );
      }).listen(port, host),
  };
}
