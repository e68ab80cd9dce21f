package parley.acceptance.faults;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how many posts came through, second by second, before and after a fault. */
final class ThroughputPlot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 300;
  private static final double PARTS_PER_SECOND = 10;

  private ThroughputPlot() {}

  /**
   * Writes a PNG.
   *
   * @param perPart posts in each tenth of a second; the fault is in the middle
   */
  static void write(String title, long[] perPart, Path file) throws IOException {
    double middle = perPart.length / 2 / PARTS_PER_SECOND;
    double[] seconds =
        IntStream.range(0, perPart.length)
            .mapToDouble(i -> i / PARTS_PER_SECOND - middle)
            .toArray();
    double[] rates = Arrays.stream(perPart).mapToDouble(n -> n * PARTS_PER_SECOND).toArray();
    double highest = Arrays.stream(rates).max().orElse(0);
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("seconds after the fault")
            .yAxisTitle("posts per second")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE).setMarkerSize(0);
    chart.addSeries("posts seen by their followers", seconds, rates).setMarker(SeriesMarkers.NONE);
    chart
        .addSeries("fault", new double[] {0, 0}, new double[] {0, highest})
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Color.RED);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }
}
