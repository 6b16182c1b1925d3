import { lazy, Suspense, type ReactElement } from 'react';
import { Loading } from '../ui/page-state.js';
import type { BarChartProps } from './bar-chart.js';

const BarChart = lazy(async () => ({ default: (await import('./bar-chart.js')).BarChart }));

/** The chart library comes when there is something to draw. */
export function LazyBarChart(props: BarChartProps): ReactElement {
  return (
    <Suspense fallback={<Loading rows={4} />}>
      <BarChart {...props} />
    </Suspense>
  );
}
