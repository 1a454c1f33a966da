/** The chart library behind a small surface: candles, named price lines, what is off screen. */

import {
  CandlestickSeries,
  ColorType,
  createChart,
  LineStyle,
  type AutoscaleInfo,
  type CandlestickData,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type UTCTimestamp,
} from "lightweight-charts";
import type { Bar } from "../api";
import { colour } from "../theme.svelte";

export type LineKind = "entry" | "mark" | "stop" | "target" | "liquidation" | "alert" | "order";

/** A horizontal line: `price` places it, `text` and `distance` are shown as they came. */
export interface ChartLine {
  id: string;
  kind: LineKind;
  label: string;
  price: string;
  text: string;
  distance: string;
}

export interface OffScreen {
  id: string;
  above: boolean;
}

const STYLES: Record<LineKind, { token: string; style: LineStyle }> = {
  entry: { token: "text", style: LineStyle.Solid },
  mark: { token: "text-2", style: LineStyle.Dotted },
  stop: { token: "warn", style: LineStyle.Dashed },
  target: { token: "text", style: LineStyle.Dashed },
  order: { token: "text-2", style: LineStyle.Dashed },
  alert: { token: "text-2", style: LineStyle.SparseDotted },
  liquidation: { token: "danger", style: LineStyle.LargeDashed },
};

const BAR_PX = 6;
/** The pills of far lines stand above and below the candles, and not on what is drawn there. */
const PILL_PX = 28;
const MARGIN = 0.1;
/** As many heights of the candles as an entry may lie beyond them and still be drawn. */
const ENTRY_REACH = 0.5;
const MARGIN_MAX = 0.45;
const TIME_AXIS_PX = 28;

export class Candles {
  private readonly chart: IChartApi;
  private readonly series: ISeriesApi<"Candlestick">;
  private readonly drawn = new Map<string, IPriceLine>();
  private lines: ChartLine[] = [];
  private kept: string | null = null;

  constructor(
    private readonly element: HTMLElement,
    moved: () => void,
  ) {
    this.chart = createChart(element, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 12 },
      timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 4 },
      rightPriceScale: { borderVisible: false },
      handleScroll: { vertTouchDrag: false },
    });
    this.series = this.chart.addSeries(CandlestickSeries, {
      lastValueVisible: true,
      autoscaleInfoProvider: (base: () => AutoscaleInfo | null) => this.scale(base()),
    });
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(moved);
    this.paintTheme();
  }

  /** Fit colours to the theme: rising candles filled, falling ones hollow. */
  paintTheme(): void {
    const [up, down, line] = [colour("up"), colour("down"), colour("line")];
    this.chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: colour("surface") },
        textColor: colour("text-2"),
      },
      grid: {
        vertLines: { color: line, style: LineStyle.SparseDotted },
        horzLines: { color: line, style: LineStyle.SparseDotted },
      },
      crosshair: {
        vertLine: { labelBackgroundColor: colour("border") },
        horzLine: { labelBackgroundColor: colour("border") },
      },
    });
    this.series.applyOptions({
      upColor: up,
      borderUpColor: up,
      wickUpColor: up,
      downColor: colour("surface"),
      borderDownColor: down,
      wickDownColor: down,
    });
    this.setLines(this.lines, true);
  }

  setCandles(candles: Bar[], tickDecimals: number): void {
    this.series.applyOptions({
      priceFormat: { type: "price", precision: tickDecimals, minMove: 10 ** -tickDecimals },
    });
    this.series.setData(candles.map(bar));
  }

  update(candle: Bar): void {
    this.series.update(bar(candle));
  }

  /** Show the newest of `count` bars, as many as are readable at this width. */
  toNow(count: number): void {
    const bars = Math.max(30, this.chart.timeScale().width() / BAR_PX);
    this.chart.timeScale().setVisibleLogicalRange({ from: count - bars, to: count + 4 });
  }

  setLines(lines: ChartLine[], recolour = false): void {
    const wanted = new Set(lines.map((line) => line.id));
    for (const [id, drawn] of this.drawn) {
      if (recolour || !wanted.has(id)) {
        this.series.removePriceLine(drawn);
        this.drawn.delete(id);
      }
    }
    this.lines = lines;
    lines.forEach((line) => this.draw(line));
    this.leaveRoom();
  }

  /** For as many pills as there can be: what is in view now depends on the room itself. */
  private leaveRoom(): void {
    const mark = Number(this.lines.find((line) => line.kind === "mark")?.price);
    const far = this.lines.filter((line) => line.kind !== "mark" && line.kind !== "entry");
    const above = far.filter((line) => Number(line.price) > mark).length;
    const height = Math.max(1, this.element.clientHeight - TIME_AXIS_PX);
    const room = (pills: number) =>
      Math.min(MARGIN_MAX, MARGIN + (pills * PILL_PX) / height);
    const scaleMargins = { top: room(above), bottom: room(far.length - above) };
    this.chart.priceScale("right").applyOptions({ scaleMargins });
  }

  /** Scale the price axis so that this line is in view; called again, let it go. */
  keepInView(id: string): void {
    this.kept = this.kept === id ? null : id;
    this.chart.priceScale("right").applyOptions({ autoScale: true });
  }

  /** The lines out of view; their labels leave the axis, where they would mislead. */
  offScreen(): OffScreen[] {
    const height = this.element.clientHeight - TIME_AXIS_PX;
    return this.lines.flatMap((line) => {
      const y = this.series.priceToCoordinate(Number(line.price));
      const away = y !== null && (y < 0 || y > height);
      this.drawn
        .get(line.id)
        ?.applyOptions({ axisLabelVisible: !away, title: away ? "" : line.label });
      return away ? [{ id: line.id, above: y < 0 }] : [];
    });
  }

  /** Where a price is drawn, from the top; null where it is out of view. */
  yOf(price: string): number | null {
    const y = this.series.priceToCoordinate(Number(price));
    const height = this.element.clientHeight - TIME_AXIS_PX;
    return y === null || y < 0 || y > height ? null : y;
  }

  /** The price drawn at a height, as a number of ticks away from nothing. */
  ticksAt(y: number, tick: number): number {
    return Math.max(1, Math.round(Number(this.series.coordinateToPrice(y) ?? 0) / tick));
  }

  remove(): void {
    this.chart.remove();
  }

  private draw(line: ChartLine): void {
    const { token, style } = STYLES[line.kind];
    const price = Number(line.price);
    const drawn = this.drawn.get(line.id);
    if (drawn) drawn.applyOptions({ price });
    else {
      const made = this.series.createPriceLine({
        price,
        title: line.label,
        color: colour(token),
        axisLabelTextColor: colour("surface"),
        lineStyle: style,
        lineWidth: 1,
      });
      this.drawn.set(line.id, made);
    }
  }

  /** The candles' range, stretched to the line asked for, to the mark and to an entry near by. */
  private scale(base: AutoscaleInfo | null): AutoscaleInfo | null {
    if (!base?.priceRange) return base;
    const { minValue, maxValue } = base.priceRange;
    const reach = (maxValue - minValue) * ENTRY_REACH;
    const isWanted = ({ id, kind, price }: ChartLine) =>
      id === this.kept ||
      kind === "mark" ||
      (kind === "entry" && Number(price) > minValue - reach && Number(price) < maxValue + reach);
    const prices = this.lines.filter(isWanted).map((line) => Number(line.price));
    return {
      ...base,
      priceRange: {
        minValue: Math.min(minValue, ...prices),
        maxValue: Math.max(maxValue, ...prices),
      },
    };
  }
}

function bar(candle: Bar): CandlestickData<UTCTimestamp> {
  return {
    time: Math.floor(candle.time / 1000) as UTCTimestamp,
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
  };
}
