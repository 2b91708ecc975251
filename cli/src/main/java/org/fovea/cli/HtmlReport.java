package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// What `inspect` tells, as one page with its pictures in it.
///
/// @param facts of the model
record HtmlReport(ModelFacts facts) {

  private static final double BAR_WIDTH = 30;
  private static final int MAP = 170;

  /// Writes the page; it appears as a whole.
  void write(Path file, String title, Console console) {
    StringBuilder page = new StringBuilder(head(escaped(title)));
    for (InspectReport.Section section : new InspectReport(facts).sections()) {
      page.append("<h2>").append(escaped(section.title())).append("</h2>\n<pre>");
      section.lines().forEach(line -> page.append(escaped(line)).append('\n'));
      page.append("</pre>\n");
    }
    page.append("<h2>Pictures</h2>\n");
    picture(
        page,
        "training examples of a label",
        () -> Pictures.histogram("Labels", "training examples", facts.frequencies()),
        console);
    if (facts.degrees().most() > 0) {
      picture(
          page,
          "direct connections of a label",
          () -> Pictures.histogram("Labels", "direct connections", facts.degrees()),
          console);
    }
    if (facts.norms().count() > 0) {
      picture(
          page,
          "length of a label's weights",
          () -> Pictures.histogram("Labels", "length of the weights", facts.norms()),
          console);
    }
    connections(page, console);
    bars(page);
    page.append("</body></html>\n");
    save(file, page.toString());
  }

  /// How many connections neurons and inputs of sparse layers have, and which pixels matter.
  private void connections(StringBuilder page, Console console) {
    for (SparseFacts layer : facts.sparse()) {
      picture(
          page,
          "connections of a neuron in " + layer.name(),
          () -> Pictures.histogram(layer.name(), "connections of a neuron", layer.incoming()),
          console);
      picture(
          page,
          "connections of an input of " + layer.name(),
          () -> Pictures.histogram(layer.name(), "connections of an input", layer.outgoing()),
          console);
    }
    map(facts.strengths().hidden())
        .ifPresent(map -> {
          page.append("<p>How much the network listens to each pixel:</p>\n");
          picture(page, "strength of each pixel", map::address, console);
        });
    maps(page, console);
  }

  private Optional<HeatMap> map(double[] values) {
    return HeatMap.of(facts.info().data().reading().format(), values);
  }

  /// Where the connections of the pixels were at the start, and where evolution took them.
  private void maps(StringBuilder page, Console console) {
    List<InputEvolution.Point> points = facts.evolution().points();
    if (points.isEmpty() || map(points.getFirst().values()).isEmpty()) {
      return;
    }
    List<HeatMap> maps = points.stream().map(point -> map(point.values()).orElseThrow()).toList();
    double most = maps.stream().mapToDouble(HeatMap::most).max().orElse(0);
    page.append(
        String.format(
            Locale.ROOT, "<p>How many connections each pixel had, at most %.0f:</p>\n", most));
    for (int i = 0; i < maps.size(); i++) {
      HeatMap map = maps.get(i);
      String when = points.get(i).name();
      page.append("<figure>");
      picture(page, "connections of each pixel " + when, () -> map.address(MAP, most), console);
      page.append("<figcaption>").append(escaped(when)).append("</figcaption></figure>\n");
    }
  }

  private static String head(String title) {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
    <style>
    body { font: 15px/1.5 sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
      color: #222 }
    h1 { font-weight: 600 } h2 { margin-top: 2rem; border-bottom: 1px solid #ccc }
    pre { font: 13px/1.45 monospace; overflow-x: auto; background: #f6f6f4; padding: .8rem }
    td { padding: 0 .8rem 0 0 } td div { height: .8rem; background: #4a73ff }
    img { max-width: 100%%; margin: .4rem 0 }
    figure { display: inline-block; margin: 0 1rem 1rem 0 } figcaption { text-align: center }
    </style></head><body>
    <h1>%1$s</h1>
    """
        .formatted(title);
  }

  /// The inputs that matter most, as bars with their names.
  private void bars(StringBuilder page) {
    double longest = 0;
    for (InputImportance.Ranked input : facts.inputs()) {
      longest = Math.max(longest, input.total());
    }
    page.append("<p>The inputs that matter most:</p>\n<table>\n");
    for (InputImportance.Ranked input : facts.inputs()) {
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s</td><td>%.3f</td><td><div style=\"width:%.1frem\"></div></td></tr>%n",
              escaped(input.name()),
              input.total(),
              longest == 0 ? 0 : BAR_WIDTH * input.total() / longest));
    }
    page.append("</table>\n");
  }

  /// A picture that cannot be drawn, for want of fonts say, is left out.
  private static void picture(
      StringBuilder page, String name, Supplier<String> address, Console console) {
    try {
      page.append("<img alt=\"%s\" src=\"%s\">\n".formatted(escaped(name), address.get()));
    } catch (RuntimeException | LinkageError e) {
      console.warn("the picture of %s was not drawn: %s".formatted(name, e.getMessage()));
    }
  }

  private static void save(Path file, String page) {
    OutputFolder.makeFor(file);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, page, StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the report cannot be written: " + e, e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
