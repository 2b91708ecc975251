package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.text.Annotator;
import org.fovea.text.PatternNetwork;

/// A page that shows texts with the patterns found in them: self-contained, without a script from
/// elsewhere.
///
/// Each category has a colour, which the legend switches off and on; patterns that lie over each
/// other show one line for each of them, and whoever points at a place reads what is there.
final class AnnotatedPage {

  private static final String RESOURCE = "annotated.html";
  private static final int DEGREES = 360;

  /// Steps of the golden angle keep the colours of any number of categories apart.
  private static final double ANGLE = 137.508;

  private final Annotator annotator;
  private final long documentCount;
  private final Map<String, Integer> categories = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /// @param documentCount how many documents there were, shown or not
  AnnotatedPage(PatternNetwork network, long documentCount) {
    annotator = new Annotator(network);
    this.documentCount = documentCount;
  }

  /// Writes the page; it appears as a whole.
  void write(Path file, String title, List<String> texts) {
    StringBuilder body = new StringBuilder();
    int matches = 0;
    for (int document = 0; document < texts.size(); document++) {
      annotator.read(texts.get(document));
      matches += annotator.count();
      body.append("<article><h2>").append(document).append("</h2><p>");
      new MarkedText(annotator, this::number).append(texts.get(document), body);
      body.append(texts.get(document).length() >= MarkedDocuments.LONGEST - 1 ? " …" : "");
      body.append("</p></article>\n");
    }
    String shown =
        texts.size() < documentCount
            ? "The first %s of %s documents".formatted(texts.size(), Sizes.count(documentCount))
            : "%s documents".formatted(Sizes.count(documentCount));
    String page =
        template()
            .replace("{{title}}", escaped(title))
            .replace("{{summary}}", shown + ", " + Sizes.count(matches) + " matches")
            .replace("{{colours}}", colours())
            .replace("{{legend}}", legend())
            .replace("{{documents}}", body);
    save(file, page);
  }

  /// Number of a category, from 0, in the order in which they are found.
  private int number(String category) {
    counts.merge(category, 1, Integer::sum);
    return categories.computeIfAbsent(category, _ -> categories.size());
  }

  private String colours() {
    StringBuilder css = new StringBuilder();
    for (int number : categories.values()) {
      double hue = (210 + ANGLE * number) % DEGREES;
      css.append(String.format(Locale.ROOT, ".c%d{--h:%.0f}%n", number, hue));
    }
    return css.toString();
  }

  private String legend() {
    StringBuilder items = new StringBuilder();
    categories.forEach((name, number) ->
        items.append(
            "<label class=\"c%s\"><input type=\"checkbox\" checked value=\"%s\"><i></i>%s <b>%s</b></label>%n"
                .formatted(
                    number,
                    number,
                    name.isEmpty() ? "no category" : escaped(name),
                    Sizes.count(counts.getOrDefault(name, 0)))));
    return items.toString();
  }

  private static String template() {
    try (var stream = AnnotatedPage.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("the installation lacks " + RESOURCE);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void save(Path file, String page) {
    OutputFolder.makeFor(file);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, page, StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the page cannot be written: " + e, e);
    }
  }

  /// Text as HTML.
  static String escaped(String text) {
    List<String> safe = new ArrayList<>();
    text.codePoints()
        .forEach(letter ->
            safe.add(
                switch (letter) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  case '"' -> "&quot;";
                  default -> Character.isISOControl(letter) ? " " : Character.toString(letter);
                }));
    return String.join("", safe);
  }
}
