package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.data.UnpackedFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hundreds of thousands of real names in real articles, held to a plain trie.
///
/// `-Dfovea.test.articles=36542` reads all articles.
@Tag("slow")
class RealNamesTest {

  private static final Path DATA = Path.of("../../shared/data");
  private static final int ARTICLES = Integer.getInteger("fovea.test.articles", 2_000);

  private final PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
  private final WordTrie trie = new WordTrie();

  private static BufferedReader lines(String file) {
    Path path = DATA.resolve(file);
    assumeTrue(Files.exists(path), () -> "there is no " + path);
    return new BufferedReader(
        new InputStreamReader(UnpackedFile.open(path, 1_000), StandardCharsets.UTF_8));
  }

  private void add(String file, int column, String between, String category) throws IOException {
    try (BufferedReader lines = lines(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        for (String name : line.split("\t", -1)[column].split(between, -1)) {
          if (trie.add(name, category)) {
            builder.add(name, category, 1);
          }
        }
      }
    }
  }

  @Test
  void findsTheSpansOfAPlainTrie() throws IOException {
    add("words/english-words-dwyl.txt.gz", 0, "\t", "word");
    add("words/wiki-titles-2018.txt.gz", 0, "\t", "title");
    add("words/cities-world-ex-large.txt.gz", 0, "\t", "city");
    add("text/wordnet.tsv.gz", 2, ";", "lemma");
    Annotator annotator = new Annotator(builder.build());
    int spans = 0;
    try (BufferedReader lines = lines("text/enwiki-2018-fragment.tsv.gz")) {
      for (int article = 0; article < ARTICLES; article++) {
        String line = lines.readLine();
        if (line == null) {
          break;
        }
        annotator.read(line);
        Set<String> found = new TreeSet<>();
        for (int match = 0; match < annotator.count(); match++) {
          found.add(
              "%d-%d %s"
                  .formatted(
                      annotator.begin(match), annotator.end(match), annotator.category(match)));
        }
        assertThat(found).hasSize(annotator.count()).isEqualTo(trie.matches(line));
        spans += found.size();
      }
    }
    assertThat(spans).isGreaterThan(100 * Math.min(ARTICLES, 1_000));
  }
}
