import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from './http/wire.dto.js';

type Operation = {
  responses?: Record<string, unknown>;
  security?: unknown;
  tags?: string[];
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const PROBLEM = {
  description: 'Refused or failed: problem details with a stable code',
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
    },
  },
};

/** OpenAPI 3.1 of every route: what the console's client is generated from. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Sealflow')
    .setDescription(
      'Quotes, approvals and contracts of a sales organisation. Amounts are decimal strings; instants are UTC.',
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'session token, personal token or OIDC access token',
    })
    .addCookieAuth('sealflow_session')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = (path as Partial<Record<string, Operation>>)[method];
      if (operation) operation.responses = { ...operation.responses, default: PROBLEM };
    }
  }
  return document;
}

export function publishOpenApi(app: INestApplication, docsPath: string): void {
  SwaggerModule.setup(docsPath, app, () => describeApi(app), {
    jsonDocumentUrl: '/api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Sealflow API',
  });
}
