import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { ProblemNote } from '../ui/problem-note.js';
import { tickItem } from './opportunities.api.js';
import { useCriterionText } from './pipelines.js';

export type Criterion = OpportunityDetailView['criteria'][number];

interface CriteriaProps {
  deal: OpportunityDetailView;
  criteria: readonly Criterion[];
  /** seen from elsewhere: what the deal itself has to show leads to it */
  isLinked?: boolean;
}

/** What a stage asks for: items are ticked here, the rest the server knows from the deal. */
export function Criteria({ deal, criteria, isLinked = false }: CriteriaProps): ReactElement {
  const text = useCriterionText();
  const tick = useCommand({ run: tickItem });
  return (
    <>
      <ul className="deal-criteria">
        {criteria.map((state) => (
          <li key={`${state.stage}/${state.criterion.kind}/${state.criterion.key ?? ''}`}>
            {state.criterion.kind === 'CHECK' ? (
              <label className="choice">
                <input
                  type="checkbox"
                  checked={state.met}
                  disabled={!deal.may.write || tick.isPending}
                  onChange={() =>
                    tick.mutate({
                      id: deal.id,
                      stage: state.stage,
                      key: state.criterion.key ?? '',
                      done: !state.met,
                    })
                  }
                />
                {text(state)}
              </label>
            ) : isLinked ? (
              <Link to={`/opportunities/${deal.id}`}>{text(state)}</Link>
            ) : (
              <span>
                <span aria-hidden="true">{state.met ? '✓ ' : '○ '}</span>
                {text(state)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={tick.error} />
    </>
  );
}
