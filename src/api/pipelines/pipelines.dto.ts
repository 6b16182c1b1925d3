import { ApiProperty } from '@nestjs/swagger';
import { OPEN_FORECASTS } from '../../domain/opportunity/pipeline.js';
import { CriterionView } from '../opportunities/views.dto.js';

class Name {
  @ApiProperty({ type: String }) zh!: string;
  @ApiProperty({ type: String }) en!: string;
}

class PipelineStageView {
  @ApiProperty({ type: String }) key!: string;
  @ApiProperty({ type: Name }) name!: Name;
  @ApiProperty({ type: String, example: '60' }) probabilityPct!: string;
  @ApiProperty({ enum: OPEN_FORECASTS }) forecast!: string;
  @ApiProperty({ type: [CriterionView], description: 'what must be so before a deal leaves it forward' })
  exit!: readonly CriterionView[];
}

class LossReasonView {
  @ApiProperty({ type: String }) key!: string;
  @ApiProperty({ type: Name }) name!: Name;
}

export class PipelineView {
  @ApiProperty({ type: String }) key!: string;
  @ApiProperty({ type: String, format: 'uuid' }) policyId!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: String, format: 'date-time' }) validFrom!: string;
  @ApiProperty({ type: Name }) name!: Name;
  @ApiProperty({ type: [PipelineStageView], description: 'in their order; after them WON, LOST and ON_HOLD' })
  stages!: readonly PipelineStageView[];
  @ApiProperty({ type: [LossReasonView] }) lossReasons!: readonly LossReasonView[];
  @ApiProperty({ type: 'integer', description: 'days without contact until the manager hears of it' })
  stuckDays!: number;
  @ApiProperty({ type: 'integer', description: 'work days past the close date until it counts as PIPELINE' })
  slipWorkDays!: number;
}

export class PipelineList {
  @ApiProperty({ type: [PipelineView] }) items!: PipelineView[];
}
