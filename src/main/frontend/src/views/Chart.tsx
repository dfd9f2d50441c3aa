import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useThemeVersion } from "../page/context";
import { css, rgb } from "./colours";

use([BarChart, HeatmapChart, LineChart, AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);

export interface Palette {
  text: string;
  quiet: string;
  line: string;
  card: string;
  series: string[];
}

/** A chart in the page's colours. Tooltips are plain text: `formatter`s must not be given markup, so they are rendered on the canvas. */
export function Chart({ option, height, label }: { option: (palette: Palette) => EChartsCoreOption; height: number; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useThemeVersion();
  useEffect(() => {
    const element = box.current!;
    const style = getComputedStyle(element);
    // the chart reads fewer notations of colours than themes are written in
    const colour = (name: string, otherwise: string) => css(rgb(style.getPropertyValue(name).trim() || otherwise, rgb(otherwise)));
    const palette: Palette = {
      text: colour("--kf-text", "#222222"),
      quiet: colour("--kf-quiet", "#666666"),
      line: colour("--kf-line", "#dddddd"),
      card: colour("--kf-card", "#ffffff"),
      series: ["--kf-series-1", "--kf-series-2", "--kf-series-3", "--kf-series-4", "--kf-series-5", "--kf-series-6"].map((name, i) =>
        colour(name, ["#3b6fd8", "#d9822b", "#2f9e6e", "#b455c4", "#c9403f", "#5b7083"][i]),
      ),
    };
    const chart = init(element, undefined, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      color: palette.series,
      textStyle: { color: palette.text, fontFamily: style.fontFamily },
      aria: { enabled: true },
      ...option(palette),
    });
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(() => chart.resize());
    observer?.observe(element);
    return () => {
      observer?.disconnect();
      chart.dispose();
    };
  }, [option, theme]);
  return <div className="kf-chart" ref={box} style={{ height }} role="img" aria-label={label} />;
}

/** Tooltip settings in which text of strangers stays text. */
export function tooltip(palette: Palette, formatter: (parameters: never) => string): Record<string, unknown> {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: palette.card,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 12 },
    formatter,
  };
}

export function axis(palette: Palette, name: string): Record<string, unknown> {
  return {
    name,
    nameLocation: "middle",
    nameTextStyle: { color: palette.quiet },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.quiet },
    splitLine: { lineStyle: { color: palette.line } },
  };
}
