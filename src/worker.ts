import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pRetry from 'p-retry';
import { activityLog } from './activities/activity-log.js';
import { createAuditActivities } from './activities/audit.activities.js';
import { createCollectionActivities } from './activities/collection.activities.js';
import { createContractActivities } from './activities/contract.activities.js';
import { createDealActivities } from './activities/deal.activities.js';
import { createDeliveryActivities } from './activities/delivery.activities.js';
import { createImportActivities } from './activities/import.activities.js';
import { createOpportunityActivities } from './activities/opportunity.activities.js';
import { createOpsActivities } from './activities/ops.activities.js';
import { createCalendarActivities } from './activities/calendar.activities.js';
import { createPricingActivities } from './activities/pricing.activities.js';
import { createPeopleActivities } from './activities/people.activities.js';
import { createProcessActivities } from './activities/process.activities.js';
import { createSigningActivities } from './activities/signing.activities.js';
import { localSigning } from './activities/local-signing.js';
import { DecisionSigner } from './commands/approval/signature.js';
import { generalSubject } from './commands/approval/general.subject.js';
import { stageSubject } from './commands/approval/stage.subject.js';
import { revocationSubject } from './commands/approval/revocation.subject.js';
import { registerSubjects } from './commands/approval/subjects.js';
import { offerMail } from './commands/channel/mail-endpoint.js';
import { contractSubject } from './commands/contract/contract.subject.js';
import { splitSubject } from './commands/opportunity/split.subject.js';
import { quoteSubject } from './commands/quote/quote.subject.js';
import { esignOf, listed, loadEnv } from './config/env.js';
import { anchorFile, anchorUrl } from './integrations/audit-anchor.client.js';
import { createDataSource } from './db/data-source.js';
import { channelsOf } from './integrations/channels.js';
import { esignService } from './integrations/esign.client.js';
import { outsideCaller } from './integrations/outbound-http.js';
import { createLogger } from './log.js';
import { temporalDelivery } from './relay/deliver.js';
import { startRelay } from './relay/relay.js';
import { syncSchedules } from './schedules.js';
import { createWorkerMetrics } from './worker-metrics.js';
import { TASK_QUEUE } from './workflows/messages.js';

const env = loadEnv();
const log = createLogger('worker', env.LOG_LEVEL);
registerSubjects({
  GENERAL: generalSubject,
  STAGE: stageSubject,
  QUOTE: quoteSubject,
  CONTRACT: contractSubject,
  REVOCATION: revocationSubject,
  SPLIT: splitSubject,
});
// one owner of shutdown: this file
Runtime.install({
  shutdownSignals: [],
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => log.warn({ level, meta }, message)),
});

const dataSource = createDataSource({
  url: env.DATABASE_URL,
  poolSize: env.DB_POOL_SIZE,
  applicationName: 'sealflow-worker',
});
await dataSource.initialize();
const native = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS });
const connection = await Connection.connect({ address: env.TEMPORAL_ADDRESS });
const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE });
const channels = channelsOf({
  mail: env.SMTP_URL === undefined ? null : { url: env.SMTP_URL, from: env.MAIL_FROM },
  allowedHosts: listed(env.OUTBOUND_ALLOWED_HOSTS),
});
const esign = esignOf(env);
await offerMail(dataSource, channels.mail !== null);
const worker = await Worker.create({
  connection: native,
  namespace: env.TEMPORAL_NAMESPACE,
  taskQueue: TASK_QUEUE,
  workflowBundle: { codePath: fileURLToPath(new URL('./workflow-bundle.js', import.meta.url)) },
  activities: {
    ...createProcessActivities({ dataSource }),
    ...createDealActivities({ dataSource }),
    ...createContractActivities({ dataSource }),
    ...createCollectionActivities({ dataSource }),
    ...createSigningActivities({
      dataSource,
      signer: new DecisionSigner(env.SESSION_SECRET),
      services: {
        LOCAL: localSigning(dataSource),
        ...(esign && {
          ESIGN: esignService(esign, {
            call: outsideCaller({ allowedHosts: listed(env.OUTBOUND_ALLOWED_HOSTS) }),
          }),
        }),
      },
    }),
    ...createPeopleActivities({ dataSource }),
    ...createCalendarActivities({ dataSource }),
    ...createOpportunityActivities({ dataSource }),
    ...createPricingActivities({ dataSource }),
    ...createOpsActivities({ dataSource, client }),
    ...createAuditActivities({
      dataSource,
      anchorTargets: [
        ...(env.AUDIT_ANCHOR_FILE ? [anchorFile(env.AUDIT_ANCHOR_FILE)] : []),
        ...(env.AUDIT_ANCHOR_URL ? [anchorUrl(env.AUDIT_ANCHOR_URL)] : []),
      ],
    }),
    ...createImportActivities({ dataSource }),
    ...createDeliveryActivities({
      dataSource,
      channels,
      secret: env.SESSION_SECRET,
      publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
    }),
  },
  interceptors: { activity: [activityLog(log)] },
  maxCachedWorkflows: 200,
  maxConcurrentWorkflowTaskExecutions: 10,
  maxConcurrentActivityTaskExecutions: env.DB_POOL_SIZE,
  maxConcurrentLocalActivityExecutions: env.DB_POOL_SIZE,
  shutdownGraceTime: '10 seconds',
  shutdownForceTime: '14 seconds',
});
const metrics = createWorkerMetrics(dataSource);
const running = worker.run();
const relay = startRelay({
  dataSource,
  databaseUrl: env.DATABASE_URL,
  deliver: temporalDelivery(client, dataSource),
  log,
  onDelivered: metrics.delivered,
});
// a server that has just started, or is busy, must not keep a worker from starting
await pRetry(() => syncSchedules(client), { retries: 8, minTimeout: 250, maxTimeout: 5_000 });
const health = metrics.serve(env.METRICS_PORT, env.METRICS_HOST, () => worker.getState() === 'RUNNING');
log.info({ taskQueue: TASK_QUEUE }, 'worker polls');

let stopping = false;

/** The relay first, then what is under way, then what it stands on. */
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'worker stopping');
  await relay.stop();
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
  channels.mail?.close();
  health.close();
  await connection.close();
  await native.close();
  await dataSource.destroy();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error: unknown) => {
      log.error({ err: error }, 'worker did not stop cleanly');
      process.exitCode = 1;
    });
  });
}

// a dead worker must not leave an idle process behind
running.catch((error: unknown) => {
  log.fatal({ err: error }, 'worker failed');
  process.exit(1);
});
