import { ApiProperty } from '@nestjs/swagger';
import { BUYING_ROLES, BUYING_TYPES } from '../../domain/opportunity/deal.js';
import { FORECASTS, SERVER_CHECKS } from '../../domain/opportunity/pipeline.js';
import { BRIDGE_STEPS } from '../../domain/opportunity/bridge.js';
import { ACTIVITY_KINDS } from '../../domain/opportunity/activity.js';
import { CustomerRef } from '../customers/customers.dto.js';
import { pageOf } from '../http/paging.dto.js';
import { Money, PersonRef } from '../http/wire.dto.js';

const text = { type: String } as const;
const textOrNull = { type: String, nullable: true } as const;
const instant = { type: String, format: 'date-time' } as const;
const instantOrNull = { ...instant, nullable: true } as const;
const dateOrNull = { type: String, format: 'date', nullable: true } as const;

class ProductRef {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) name!: string;
}

class NextActivityView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ACTIVITY_KINDS }) kind!: string;
  @ApiProperty({ type: String, format: 'date' }) plannedOn!: string;
  @ApiProperty(text) subject!: string;
}

export class OpportunityView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) number!: string;
  @ApiProperty(textOrNull) title!: string | null;
  @ApiProperty({ type: CustomerRef, nullable: true, description: 'null while an open deal has no account' })
  customer!: CustomerRef | null;
  @ApiProperty({ type: ProductRef, nullable: true }) product!: ProductRef | null;
  @ApiProperty({ type: PersonRef }) owner!: PersonRef;
  @ApiProperty(text) pipeline!: string;
  @ApiProperty({ ...text, description: 'a stage of the pipeline, WON, LOST or ON_HOLD' }) stage!: string;
  @ApiProperty({ type: Money, nullable: true }) amount!: Money | null;
  @ApiProperty({ ...text, description: 'the own one, else the stage’s' }) probabilityPct!: string;
  @ApiProperty({ enum: FORECASTS, description: 'PIPELINE once it stayed past its close date' })
  forecast!: string;
  @ApiProperty(dateOrNull) expectedClose!: string | null;
  @ApiProperty(dateOrNull) engagedOn!: string | null;
  @ApiProperty(dateOrNull) closedOn!: string | null;
  @ApiProperty({ type: NextActivityView, nullable: true }) next!: NextActivityView | null;
  @ApiProperty({
    ...instant,
    description: 'when the customer last took part; the day it was entered before that',
  })
  contactAt!: string;
  @ApiProperty({ ...instantOrNull, description: 'the manager was told that nobody is in contact' })
  stuckAt!: string | null;
  @ApiProperty({ ...instantOrNull, description: 'the owner was told that the close date has passed' })
  slippedAt!: string | null;
  @ApiProperty({ ...instantOrNull, description: 'it counts as PIPELINE since' }) droppedAt!: string | null;
  @ApiProperty(instant) stageSince!: string;
  @ApiProperty({ type: 'integer' }) rowVersion!: number;
  @ApiProperty({ type: Boolean, description: 'whether whoever asks may change it' }) mayWrite!: boolean;
}

export class OpportunityPage extends pageOf(OpportunityView) {}

class LabelView {
  @ApiProperty(text) zh!: string;
  @ApiProperty(text) en!: string;
}

export class CriterionView {
  @ApiProperty({ enum: [...SERVER_CHECKS, 'CHECK'] }) kind!: string;
  @ApiProperty({ ...text, required: false, description: 'of a CHECK' }) key?: string;
  @ApiProperty({ type: LabelView, required: false, description: 'of a CHECK' }) label?: LabelView;
}

class CriterionStateView {
  @ApiProperty(text) stage!: string;
  @ApiProperty({ type: CriterionView }) criterion!: CriterionView;
  @ApiProperty({ type: Boolean }) met!: boolean;
}

class DealContactView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty(textOrNull) title!: string | null;
  @ApiProperty({ enum: BUYING_ROLES, isArray: true }) roles!: string[];
  @ApiProperty({ type: Boolean }) erased!: boolean;
}

class DealCompetitorView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) name!: string;
  @ApiProperty(textOrNull) strengths!: string | null;
  @ApiProperty({ enum: ['WON_AGAINST', 'LOST_TO', null], type: String, nullable: true }) outcome!:
    string | null;
}

class StageEntryView {
  @ApiProperty(text) stage!: string;
  @ApiProperty({ ...textOrNull, description: 'FORWARD, BACK, REOPENED, RESUMED, HELD, WON, LOST' })
  direction!: string | null;
  @ApiProperty(instant) enteredAt!: string;
  @ApiProperty(instantOrNull) leftAt!: string | null;
  @ApiProperty({ type: PersonRef, nullable: true, description: 'null: by file' }) by!: PersonRef | null;
  @ApiProperty(textOrNull) reason!: string | null;
}

class DealDocumentView {
  @ApiProperty({ enum: ['QUOTE', 'CONTRACT'] }) kind!: 'QUOTE' | 'CONTRACT';
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) number!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty(text) state!: string;
  @ApiProperty({ type: Money, nullable: true }) total!: Money | null;
}

class PlannedView extends NextActivityView {
  @ApiProperty({ type: 'integer' }) rowVersion!: number;
  @ApiProperty({ type: PersonRef }) owner!: PersonRef;
}

class StandingView {
  @ApiProperty(text) probabilityPct!: string;
  @ApiProperty({ enum: FORECASTS }) forecast!: string;
}

class OwnView {
  @ApiProperty(textOrNull) probabilityPct!: string | null;
  @ApiProperty({ enum: [...FORECASTS, null], type: String, nullable: true }) forecast!: string | null;
  @ApiProperty(textOrNull) reason!: string | null;
}

class DealMay {
  @ApiProperty({ type: Boolean }) write!: boolean;
  @ApiProperty({ type: Boolean }) handOver!: boolean;
}

export class OpportunityDetailView extends OpportunityView {
  @ApiProperty({ enum: [...BUYING_TYPES, null], type: String, nullable: true }) buyingType!: string | null;
  @ApiProperty(textOrNull) need!: string | null;
  @ApiProperty(textOrNull) agreedTerms!: string | null;
  @ApiProperty(textOrNull) note!: string | null;
  @ApiProperty(textOrNull) lostReason!: string | null;
  @ApiProperty(dateOrNull) resumeOn!: string | null;
  @ApiProperty({ ...text, description: 'the stage it was last sold at' }) openStage!: string;
  @ApiProperty({ type: StandingView }) auto!: StandingView;
  @ApiProperty({ type: OwnView }) own!: OwnView;
  @ApiProperty({ type: [DealContactView] }) contacts!: DealContactView[];
  @ApiProperty({ type: [DealCompetitorView] }) competitors!: DealCompetitorView[];
  @ApiProperty({ type: [PersonRef] }) collaborators!: PersonRef[];
  @ApiProperty({ type: [PlannedView] }) planned!: PlannedView[];
  @ApiProperty({ type: [CriterionStateView] }) criteria!: CriterionStateView[];
  @ApiProperty({ type: [StageEntryView], description: 'newest first' }) history!: StageEntryView[];
  @ApiProperty({ type: [DealDocumentView] }) documents!: DealDocumentView[];
  @ApiProperty({ type: DealMay }) may!: DealMay;
}

class TimelineItemView {
  @ApiProperty(text) id!: string;
  @ApiProperty({ enum: ['ACTIVITY', 'STAGE', 'EVENT'] }) kind!: 'ACTIVITY' | 'STAGE' | 'EVENT';
  @ApiProperty({ ...text, description: 'kind of activity, stage, or type of event' }) type!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty({ type: PersonRef, nullable: true }) by!: PersonRef | null;
  @ApiProperty(textOrNull) text!: string | null;
  @ApiProperty(textOrNull) note!: string | null;
  @ApiProperty({ type: Boolean }) twoWay!: boolean;
  @ApiProperty(textOrNull) direction!: string | null;
}

export class TimelinePage extends pageOf(TimelineItemView) {}

class ColumnSumView {
  @ApiProperty({ type: Money }) amount!: Money;
  @ApiProperty({ type: Money, description: 'each deal by its own probability' }) weighted!: Money;
}

class BoardColumnView {
  @ApiProperty(text) stage!: string;
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: [ColumnSumView], description: 'per currency' }) sums!: ColumnSumView[];
  @ApiProperty({ type: [OpportunityView], description: 'the most valuable first' }) items!: OpportunityView[];
  @ApiProperty({
    ...textOrNull,
    description:
      'for GET /opportunities with the same filter, sort=worth, the stage and, of WON and LOST, closedSince',
  })
  nextCursor!: string | null;
}

export class BoardView {
  @ApiProperty(text) pipeline!: string;
  @ApiProperty({ type: String, format: 'date', description: 'WON and LOST show what closed since then' })
  closedSince!: string;
  @ApiProperty({ type: [BoardColumnView] }) columns!: BoardColumnView[];
}

class StandingThen {
  @ApiProperty(text) stage!: string;
  @ApiProperty(text) worth!: string;
  @ApiProperty(dateOrNull) expectedClose!: string | null;
}

class BridgeDealView {
  @ApiProperty({ type: String, format: 'uuid' }) id!: string;
  @ApiProperty(text) number!: string;
  @ApiProperty(textOrNull) title!: string | null;
  @ApiProperty(textOrNull) customer!: string | null;
  @ApiProperty(text) owner!: string;
  @ApiProperty({ type: Money }) delta!: Money;
  @ApiProperty({ type: StandingThen, nullable: true }) before!: StandingThen | null;
  @ApiProperty({ type: StandingThen }) after!: StandingThen;
}

class BridgeStepView {
  @ApiProperty({ enum: BRIDGE_STEPS }) step!: string;
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: Money }) delta!: Money;
  @ApiProperty({ type: [BridgeDealView], description: 'the largest 50' }) deals!: BridgeDealView[];
}

export class BridgeView {
  @ApiProperty(instant) since!: string;
  @ApiProperty({ type: Money }) openThen!: Money;
  @ApiProperty({ type: Money }) openNow!: Money;
  @ApiProperty({ type: [BridgeStepView], description: 'their deltas lead from then to now' })
  steps!: BridgeStepView[];
}

export class StageTimeView {
  @ApiProperty(text) stage!: string;
  @ApiProperty({ type: 'integer' }) left!: number;
  @ApiProperty({ type: 'number' }) medianHours!: number;
  @ApiProperty({ type: 'number' }) p90Hours!: number;
  @ApiProperty({ type: 'integer' }) wentBack!: number;
}
