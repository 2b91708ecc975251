package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static List<String> matches(String rules, String text) {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "company", 1);
    builder.add("Big Corp", "company", 1);
    builder.addRules(rules, "test.rules");
    Annotator annotator = new Annotator(builder.build());
    annotator.read(text);
    List<String> found = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      if (!annotator.category(match).equals("company")) {
        found.add(
            "%s %d-%d %s"
                .formatted(
                    annotator.pattern(match),
                    annotator.begin(match),
                    annotator.end(match),
                    annotator.value(match)));
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = \"a\" and \"b\"                  | b a        | x 0-3 1.0",
        "x = \"a\" and \"b\"                  | b c        | ",
        "x = \"a\" and not \"b\"              | a c        | x 0-3 1.0",
        "x = \"a\" and not \"b\"              | a b        | ",
        "x = not \"a\" and not \"b\"          | c          | x 0-1 1.0",
        "x = not \"a\" and not \"b\"          | b          | ",
        "x = not \"a\"                        | b          | x 0-1 1.0",
        "x = not not \"a\"                    | a          | x 0-1 1.0",
        "x = \"a\" or not \"b\"               | c          | x 0-1 1.0",
        "x = \"a\" or not \"b\"               | b          | ",
        "x = \"a\" or \"b c\"                 | b c        | x 0-3 1.0",
        "x = \"a\" and (\"b\" or \"c\")       | c a        | x 0-3 1.0",
        "x = \"a\" and \"b\" or \"c\"         | c          | x 0-1 1.0",
        "x = 2 of (\"a\", \"b\", \"c\")       | c z a      | x 0-5 1.0",
        "x = 2 of (\"a\", \"b\", \"c\")       | c z z      | ",
        "x = 3 of (2 * \"a\", \"b\", not \"c\") | a z      | x 0-3 1.0",
        "x = 3 of (2 * \"a\", \"b\", not \"c\") | a c      | ",
        "x = sum(0.5 * \"a\", 0.25 * \"b\", -1 * \"c\") > 0.5 | a b | x 0-3 0.25",
        "x = sum(0.5 * \"a\", 0.25 * \"b\", -1 * \"c\") > 0.5 | a b c | ",
        "x = near(2: \"a\", \"b\")            | b z a      | x 0-5 1.0",
        "x = near(2: \"a\", \"b\")            | b z z a    | ",
        "x = before(1: \"a\", \"b\")          | a z b      | x 0-5 1.0",
        "x = before(1: \"a\", \"b\")          | b z a      | ",
        "x = before(9: company, \"buys\" or \"takes over\", company) | Acme takes over Big Corp | x"
            + " 0-24 1.0",
        "x : k * 0.5 = \"a\"                  | a          | x 0-1 0.5",
        "[x y] = \"a\"                        | a          | x y 0-1 1.0"
      })
  void meansWhatItSays(String rule, String text, String expected) {
    List<String> found = matches(rule, text);
    assertThat(String.join("; ", found)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void readsOtherRulesInAnyOrderAndCategoriesOfRules() {
    String rules =
        """
        # deals
        big = deal and not rumour   # not what is only said
        deal : event = before(3: company, "buys",
            company)
        rumour = "it is said" or event and "perhaps"
        """;
    assertThat(matches(rules, "Acme buys Big Corp"))
        .containsExactlyInAnyOrder("deal 0-18 1.0", "big 0-18 1.0");
    assertThat(matches(rules, "perhaps Acme buys Big Corp"))
        .containsExactlyInAnyOrder("rumour 0-26 1.0", "deal 8-26 1.0");
  }

  @Test
  void readsTheRoundBefore() {
    String rules = "a = \"x\" and not last(b)\nb = \"y\" and not last(a)";
    assertThat(matches(rules, "x")).containsExactly("a 0-1 1.0");
    assertThat(matches(rules, "y")).containsExactly("b 0-1 1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = \"\"                        | 1:5: a pattern was expected, nothing came",
        "x = \"--\"                      | 1:5: a pattern with a letter or a digit was expected,"
            + " '--' came",
        "x = \"a                         | 1:5: a closing \" was expected on the same line",
        "x \"a\"                         | 1:3: = was expected, \"a\" came",
        "x = a                           | 1:5: no rule and no category is called 'a'; words of the"
            + " text stand in quotes",
        "x = compny                      | 1:5: no rule and no category is called 'compny'; did you"
            + " mean company?",
        "x = \"a\"\\nx = \"b\"            | 2:1: a rule 'x' is there already, in test.rules, line"
            + " 1",
        "x = y\\ny = x                   | 1:1: rules read each other in a circle without"
            + " last(...): x reads y reads x",
        "x : k = k and \"a\"              | 1:1: rules read each other in a circle without"
            + " last(...): x reads x",
        "x = near(2: \"a\")              | 1:5: two or more things, separated by commas, were"
            + " expected",
        "x = near(2: \"a\", \"b\" and \"c\") | 1:5: things with a place were expected",
        "x = near(2.5: \"a\", \"b\")     | 1:10: a number of words from 0 to 10000 was expected",
        "x = 0 of (\"a\")                | 1:5: whole numbers were expected, the first at least 1",
        "x = 2 of (0.5 * \"a\")          | 1:5: whole numbers were expected",
        "x = sum(NaN * \"a\") > 0        | 1:13: ) was expected, '*' came",
        "x = sum(1e99 * \"a\") > 0       | 1:9: a finite number was expected",
        "x = sum(1.2.3 * \"a\") > 0      | 1:9: a number was expected, '1.2.3' came",
        "x = (\"a\"                      | ) was expected, the end of the file came",
        "x = \"a\" \"b\"                 | 1:9: and, or, or the end of the line was expected, \"b\""
            + " came",
        "x : k * -1 = \"a\"              | 1:9: a weight in a category is positive, but -1.0 came",
        "and = \"a\"                     | 1:1: the name of a rule was expected, 'and' came",
        "x = \"a\" ; \"b\"               | 1:9: a name, a number or a text in quotes was expected,"
            + " ';' came",
        "company = \"a\"\\nx = company    | 2:5: both a rule and a category are called 'company'"
      })
  void saysWhereARuleIsWrong(String rules, String message) {
    assertThatThrownBy(() -> matches(rules.replace("\\n", "\n"), "a"))
        .isInstanceOf(MalformedDataException.class)
        .message()
        .startsWith("test.rules:")
        .contains(message);
  }

  @Test
  void bearsRulesThatAreNestedOrChainedDeeply() {
    assertThatThrownBy(() -> matches("x = " + "(".repeat(5_000) + "\"a\"", "a"))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("at most 256 levels");
    StringBuilder chain = new StringBuilder("r0 = \"a\"\n");
    for (int i = 1; i < 5_000; i++) {
      chain.append("r%d = r%d%n".formatted(i, i - 1));
    }
    assertThat(matches(chain.toString(), "a")).hasSize(5_000);
    StringBuilder reversed = new StringBuilder();
    for (int i = 5_000; i > 0; i--) {
      reversed.append("r%d = r%d%n".formatted(i, i - 1));
    }
    assertThatThrownBy(() -> matches(reversed + "r0 = \"a\"", "a"))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("at most 500 rules");
  }
}
