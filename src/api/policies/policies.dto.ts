import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';
import { ROLES, type Role } from '../../domain/org/directory.js';
import type { DraftAct } from '../../domain/policy/draft.js';
import type { PolicyState } from '../../queries/policy/policies.js';
import { MayBeLeftOut } from '../http/left-out.js';
import { PersonRef } from '../http/wire.dto.js';

export const KIND = /^[a-z]+(\.[a-z][a-z0-9-]*)?$/;
const ACTS: DraftAct[] = ['EDIT', 'SUBMIT', 'RECALL', 'APPROVE', 'SEND_BACK', 'DISCARD'];
const STATES: PolicyState[] = [
  'DRAFT',
  'IN_REVIEW',
  'SENT_BACK',
  'SCHEDULED',
  'ACTIVE',
  'ENDED',
  'CANCELLED',
];

export class PolicyQuery {
  @ApiPropertyOptional({
    type: String,
    example: 'approval.quote',
    description: 'one kind, or a family: `request` is every request kind',
  })
  @MayBeLeftOut()
  @MaxLength(60)
  @Matches(KIND)
  kind?: string;
}

class PolicyDraftView {
  @ApiProperty({ type: 'integer', description: 'sent back in If-Match' })
  rowVersion!: number;

  @ApiProperty({ type: String, description: 'why it changes' })
  note!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'the version it was made from' })
  basedOn!: string | null;

  @ApiProperty({ type: [PersonRef], description: 'whoever wrote any of it; none of them reviews it' })
  authors!: PersonRef[];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'null: once it is approved',
  })
  wantedFrom!: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  submittedBy!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'who sent it back' })
  reviewedBy!: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  reviewReason!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ enum: ACTS, isArray: true, description: 'what its state allows' })
  acts!: DraftAct[];
}

class PolicyEnding {
  @ApiProperty({ enum: ['CANCEL', 'DEACTIVATE'] })
  act!: 'CANCEL' | 'DEACTIVATE';

  @ApiProperty({ type: String })
  reason!: string;

  @ApiProperty({ type: PersonRef, nullable: true, description: 'somebody else confirms it' })
  proposedBy!: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  proposedAt!: string;
}

export class PolicyView {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  kind!: string;

  @ApiProperty({ type: 'integer', description: 'of a draft: what it would become' })
  version!: number;

  @ApiProperty({ enum: STATES })
  state!: PolicyState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validFrom!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  validTo!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  content!: unknown;

  @ApiProperty({ type: PersonRef, nullable: true, description: "null for the installation's own" })
  createdBy!: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  approvedBy!: PersonRef | null;

  @ApiProperty({ type: PolicyDraftView, nullable: true, description: 'null for a version' })
  draft!: PolicyDraftView | null;

  @ApiProperty({ type: PolicyEnding, nullable: true, description: 'proposed, and not yet confirmed' })
  ending!: PolicyEnding | null;
}

class PolicyOffice {
  @ApiProperty({ type: String })
  key!: string;

  @ApiProperty({ type: String })
  name!: string;
}

export class PolicyVocabulary {
  @ApiProperty({ enum: ROLES, isArray: true })
  roles!: Role[];

  @ApiProperty({ type: [PolicyOffice], description: 'whose hours a stage may be measured in' })
  offices!: PolicyOffice[];

  @ApiProperty({ type: [String], description: 'approval policies in force, which a stage may be handed to' })
  policyKinds!: string[];
}
