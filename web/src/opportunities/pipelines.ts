import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CriterionStateView, PipelineView } from '../api/types.js';
import { useWords } from '../i18n/two-words.js';
import { fetchPipelines } from './opportunities.api.js';

const END_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  WON: { zh: '赢单', en: 'Won' },
  LOST: { zh: '输单', en: 'Lost' },
  ON_HOLD: { zh: '搁置', en: 'On hold' },
};

export function usePipelines(): readonly PipelineView[] {
  const { data } = useQuery({
    queryKey: ['catalogue', 'pipelines'],
    queryFn: fetchPipelines,
    staleTime: 60_000,
  });
  return data?.items ?? [];
}

/** A stage by its key; a stage the pipeline no longer has is called by its key. */
export function useStageName(): (pipeline: string, key: string) => string {
  const pipelines = usePipelines();
  const label = useWords();
  return (pipeline, key) => {
    const end = END_NAMES[key];
    if (end) return label(end);
    const stage = pipelines
      .find((known) => known.key === pipeline)
      ?.stages.find((known) => known.key === key);
    return stage ? label(stage.name) : key;
  };
}

export function useCriterionText(): (state: CriterionStateView) => string {
  const { t } = useTranslation();
  const label = useWords();
  return ({ criterion }) =>
    criterion.label ? label(criterion.label) : t(`criterion.${criterion.kind}` as never);
}

/** Every stage a deal may be moved to, in order. */
export function stageKeys(pipeline: PipelineView | undefined): string[] {
  return pipeline ? [...pipeline.stages.map(({ key }) => key), 'ON_HOLD', 'WON', 'LOST'] : [];
}
