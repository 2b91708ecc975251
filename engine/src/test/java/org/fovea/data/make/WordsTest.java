package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parseXMLFile2|parse xml file2",
        "HTTPServer|http server",
        "toASCII|to ascii",
        "MAX_VALUE|max value",
        "java.util.List|java util list",
        "utf8Decoder|utf8 decoder",
        "getX|get",
        "$VALUES|values",
        "cannot open: 'x12', 42|cannot open x12",
        "Größe über alles|größe über alles",
        "a|''",
        "''|''",
        "aVeryLongWordAndthisisoneofmorethantwentyfourletters|very long word"
      })
  void splits(String text, String words) {
    List<String> split = new ArrayList<>();
    Words.split(text, split::add);

    assertThat(String.join(" ", split)).isEqualTo(words);
  }
}
