import { createDataSource } from '../db/data-source.js';
import { createApp } from './create-app.js';
import { ApiSettings } from './http/settings.js';
import { describeApi } from './openapi-document.js';

/** `node dist/api/openapi.js > web/openapi.json`: the document without a database and without listening. */
const nowhere = createDataSource({
  url: 'postgres://localhost/none',
  poolSize: 1,
  applicationName: 'openapi',
});
const settings = new ApiSettings({
  secret: 'unused',
  oidc: null,
  webRoot: null,
  temporalAddress: null,
});
const app = await createApp(nowhere, settings);
await app.init();
process.stdout.write(`${JSON.stringify(describeApi(app), null, 2)}\n`);
await app.close();
