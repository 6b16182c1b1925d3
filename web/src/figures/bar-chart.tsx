import { BarChart as Bars } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactElement } from 'react';

use([Bars, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export interface BarSeries {
  name: string;
  /** a custom property of the theme, without its dashes */
  color: string;
  /** business minutes; null: none */
  values: readonly (number | null)[];
}

export interface BarChartProps {
  label: string;
  categories: readonly string[];
  series: readonly BarSeries[];
  text: (minutes: number) => string;
  onPick: (index: number, series: number) => void;
}

const HOUR = 60;
const ROW_PX = 18;
const GAP_PX = 14;
const FRAME_PX = 62;

/** Horizontal bars of business minutes. The numbers stand in a table beside it: the picture is for the eye. */
export function BarChart(props: BarChartProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const element = place.current!;
    const drawn = init(element);
    chart.current = drawn;
    drawn.on('click', ({ dataIndex, seriesIndex }) => latest.current.onPick(dataIndex, seriesIndex ?? 0));
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(optionOf(props), { notMerge: true }));
  const height = FRAME_PX + props.categories.length * (ROW_PX * props.series.length + GAP_PX);
  return <div ref={place} className="bar-chart" style={{ height }} role="img" aria-label={props.label} />;
}

/** Plotted in hours, so that the axis has whole ones, unless all is shorter. */
function scaleOf(series: readonly BarSeries[]): number {
  const longest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return longest < 2 * HOUR ? 1 : HOUR;
}

function optionOf({
  categories,
  series,
  text: inWords,
}: BarChartProps): Parameters<EChartsType['setOption']>[0] {
  const style = getComputedStyle(document.documentElement);
  const colorOf = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const quiet = { color: colorOf('ink-2'), fontFamily: style.fontFamily };
  const scale = scaleOf(series);
  const text = (value: number): string => inWords(Math.round(value * scale));
  const narrow = window.innerWidth <= 760;
  return {
    animation: false,
    textStyle: { fontFamily: style.fontFamily },
    grid: {
      left: 8,
      right: narrow ? 56 : 72,
      top: series.length > 1 ? 34 : 8,
      bottom: 4,
      containLabel: true,
    },
    // its default is HTML with inline styles, which the page's policy forbids
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'shadow' },
      confine: true,
      valueFormatter: (value: unknown) => (typeof value === 'number' ? text(value) : '—'),
    },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, itemHeight: 10, textStyle: quiet } } : {}),
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: narrow ? 2 : 4,
      axisLabel: { ...quiet, formatter: text, hideOverlap: true },
      splitLine: { lineStyle: { color: colorOf('line') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...categories],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colorOf('line-strong') } },
      axisLabel: { color: colorOf('ink'), width: narrow ? 96 : 190, overflow: 'truncate' },
    },
    series: series.map(({ name, color, values }) => ({
      name,
      type: 'bar',
      barMaxWidth: ROW_PX - 4,
      cursor: 'pointer',
      itemStyle: { color: colorOf(color), borderRadius: [0, 3, 3, 0] },
      label: { show: true, position: 'right', ...quiet, fontSize: 11, formatter: labelOf(text) },
      data: values.map((value) => (value === null ? '-' : value / scale)),
    })),
  };
}

function labelOf(text: (minutes: number) => string) {
  return ({ value }: { value: unknown }): string => (typeof value === 'number' ? text(value) : '');
}
