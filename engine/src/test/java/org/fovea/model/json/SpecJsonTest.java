package org.fovea.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecJsonTest {

  /// A family with every shape of member.
  public sealed interface Choice {
    /// Without components.
    record All() implements Choice {}

    /// With defaults.
    record HashTables(int tables, double share, Choice inner) implements Choice {
      public HashTables {
        if (tables < 1) {
          throw new IllegalArgumentException("tables must be positive, not " + tables);
        }
      }

      public static HashTables defaults() {
        return new HashTables(50, 0.25, new All());
      }
    }

    /// A family in the family.
    sealed interface Some extends Choice {
      /// Without defaults.
      record TopK(int count, Optional<HashTables> padding) implements Some {}
    }

    /// Constants.
    enum Fixed implements Choice {
      NO_CHOICE,
      RANDOM
    }
  }

  /// An enum.
  public enum Weighting {
    NONE,
    TF_IDF
  }

  /// All scalar types.
  public record Scalars(
      boolean on, int small, long large, float single, double precise, String text) {}

  /// The root of a tree.
  public record Root(
      String name,
      Weighting weighting,
      List<Layer> layers,
      Choice choice,
      Optional<Scalars> extra) {}

  /// A record that is not in a family.
  public record Layer(int hiddenUnits, Choice choice) {}

  @Test
  void writesEveryKeyInKebabCase() {
    Root root =
        new Root(
            "r",
            Weighting.TF_IDF,
            List.of(new Layer(5, new Choice.All()), new Layer(6, Choice.Fixed.NO_CHOICE)),
            new Choice.Some.TopK(3, Optional.of(Choice.HashTables.defaults())),
            Optional.empty());
    assertThat(SpecJson.write(root, Root.class))
        .isEqualTo(
            json(
                """
                {"name":"r","weighting":"tf-idf",
                 "layers":[{"hidden-units":5,"choice":"all"},
                           {"hidden-units":6,"choice":"no-choice"}],
                 "choice":{"top-k":{"count":3,
                   "padding":{"tables":50,"share":0.25,"inner":"all"}}},
                 "extra":null}
                """));
  }

  @Test
  void readsBackWhatItWrote() {
    Seeds.repeat(
        2_000,
        random -> {
          Root root = root(random);
          JsonNode tree = SpecJson.write(root, Root.class);
          JsonNode parsed = Json.parseObject(Json.format(tree), "test");
          assertThat(SpecJson.read(parsed, Root.class)).isEqualTo(root);
        });
  }

  @Test
  void keepsEveryFloatAndWritesItShortest() {
    assertThat(scalars(0.1f, 0.1).toString()).contains("\"single\":0.1,\"precise\":0.1");
    Seeds.repeat(
        2_000,
        random -> {
          float single = Float.intBitsToFloat(random.nextInt());
          double precise = Double.longBitsToDouble(random.nextLong());
          if (Float.isFinite(single) && Double.isFinite(precise)) {
            byte[] text = Json.format(scalars(single, precise));
            Scalars back = SpecJson.read(Json.parseObject(text, "test"), Scalars.class);
            assertThat(back.single()).isEqualTo(single);
            assertThat(back.precise()).isEqualTo(precise);
          }
        });
  }

  @Test
  void refusesToWriteNumbersThatAreNotFinite() {
    assertThatThrownBy(() -> scalars(Float.NaN, 1)).hasMessage("single: JSON has no number NaN");
    assertThatThrownBy(() -> scalars(1, Double.POSITIVE_INFINITY))
        .hasMessage("precise: JSON has no number Infinity");
  }

  @Test
  void takesDefaultsForMissingKeys() {
    Choice.HashTables defaults = Choice.HashTables.defaults();
    for (String text :
        List.of("\"hash-tables\"", "{\"hash-tables\": {}}", "{\"hash-tables\": null}")) {
      assertThat(SpecJson.read(json(text), Choice.class)).isEqualTo(defaults);
    }
    assertThat(SpecJson.read(json("{\"hashTables\":{\"tables\": 7}}"), Choice.class))
        .isEqualTo(new Choice.HashTables(7, 0.25, new Choice.All()));
    assertThat(SpecJson.read(json("{\"top-k\":{\"count\": 7}}"), Choice.class))
        .isEqualTo(new Choice.Some.TopK(7, Optional.empty()));
  }

  @Test
  void takesOtherSpellings() {
    Layer layer = new Layer(5, Choice.Fixed.NO_CHOICE);
    for (String text :
        List.of(
            "{\"hiddenUnits\":5,\"choice\":\"noChoice\"}",
            "{\"hidden-units\":5.0,\"choice\":\"no-choice\"}",
            "{\"choice\":{\"no-choice\":{}},\"hiddenUnits\":5e0}")) {
      assertThat(SpecJson.read(json(text), Layer.class)).isEqualTo(layer);
    }
    String scalars =
        "{\"on\":true,\"small\":1,\"large\":2,\"single\":\"1e-3\",\"precise\":\"2.5E+3\",\"text\":\"\"}";
    assertThat(SpecJson.read(json(scalars), Scalars.class))
        .isEqualTo(new Scalars(true, 1, 2, 1e-3f, 2.5e3, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"layers":[{"hidden-unit":5}]} | layers[0].hidden-unit: unknown key "hidden-unit"; did you mean hidden-units? (known are hidden-units, choice)
          {"layers":[{"hidden-units":5,"hiddenUnits":5}]} | layers[0].hiddenUnits: the key comes twice, in two spellings
          {"layers":[{"hidden-units":5}]} | layers[0].choice: the key is missing
          {"layers":[{"hidden-units":5,"choice":"al"}]} | layers[0].choice: unknown kind "al"; did you mean all? (known are all, hash-tables, top-k, no-choice, random)
          {"layers":[{"hidden-units":5,"choice":7}]} | layers[0].choice: expected one of all, hash-tables, top-k, no-choice, random, got 7
          {"layers":[{"hidden-units":5,"choice":{"all":{},"top-k":{}}}]} | layers[0].choice: expected one of all, hash-tables, top-k, no-choice, random, got an object with "all, top-k"
          {"layers":[{"hidden-units":5,"choice":{"all":{"x":1}}}]} | layers[0].choice.all.x: unknown key "x" (it has none)
          {"layers":[{"hidden-units":5,"choice":{"random":{"x":1}}}]} | layers[0].choice.random: it has no keys
          {"layers":[{"hidden-units":5,"choice":{"random":3}}]} | layers[0].choice.random: it has no keys
          {"layers":[{"hidden-units":5,"choice":{"hash-tables":{"tables":0}}}]} | layers[0].choice.hash-tables: tables must be positive, not 0
          {"layers":[{"hidden-units":5,"choice":{"hash-tables":[1]}}]} | layers[0].choice.hash-tables: expected an object with tables, share, inner, got a list of 1
          {"layers":[{"hidden-units":"five"}]} | layers[0].hidden-units: expected a whole number, got the text "five"
          {"layers":[{"hidden-units":5.5}]} | layers[0].hidden-units: expected a whole number, got 5.5
          {"layers":[{"hidden-units":3000000000}]} | layers[0].hidden-units: expected a whole number from -2147483648 to 2147483647, got 3000000000
          {"layers":{"0":1}} | layers: expected a list, got an object with "0"
          {"layers":[null]} | layers[0]: expected an object with hidden-units, choice, got nothing
          {"weighting":"tfidf"} | weighting: unknown value "tfidf"; did you mean tf-idf? (known are none, tf-idf)
          {"weighting":true} | weighting: expected one of none, tf-idf, got true
          {"name":12} | name: expected a text, got 12
          {"nmae":"x"} | nmae: unknown key "nmae"; did you mean name? (known are name, weighting, layers, choice, extra)
          {"extra":{"on":"yes"}} | extra.on: expected true or false, got the text "yes"
          {"extra":{"single":1e39}} | extra.single: expected a number that a float holds, got 1.0E39
          {"extra":{"precise":1e999}} | extra.precise: expected a finite number, got
          {"extra":{"precise":"1e"}} | extra.precise: expected a number, got the text "1e"
          {"extra":{"large":99999999999999999999}} | extra.large: expected a whole number from -9223372036854775808 to 9223372036854775807, got 99999999999999999999
          {"extra":{"large":1e300}} | extra.large: expected a whole number, got
          """)
  void namesTheKeyThatIsWrong(String text, String message) {
    String key = text.substring(2, text.indexOf('"', 2));
    String rest =
        """
        {"name":"r","weighting":"none","layers":[],"choice":"all","extra":{"on":true,"small":1,
         "large":2,"single":3,"precise":4,"text":""}}
        """;
    var tree = Json.parseObject(rest.getBytes(StandardCharsets.UTF_8), "test");
    JsonNode wrong = json(text).get(key);
    if (key.equals("extra")) {
      wrong.properties().forEach(e -> tree.withObject("/extra").set(e.getKey(), e.getValue()));
    } else {
      tree.set(key, wrong);
    }
    assertThatThrownBy(() -> SpecJson.read(tree, Root.class))
        .isInstanceOf(SpecFormatException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void saysWhatTheWholeTreeShouldBe() {
    assertThatThrownBy(() -> SpecJson.read(json("[]"), Layer.class))
        .hasMessage("expected an object with hidden-units, choice, got a list of 0");
    SpecFormatException failure = new SpecFormatException("a.b", "wrong");
    assertThat(failure.keyPath()).isEqualTo("a.b");
    assertThat(failure.reason()).isEqualTo("wrong");
  }

  @Test
  void putsNoControlCharactersIntoMessages() {
    assertThatThrownBy(() -> SpecJson.read(json("\"a\\nb\""), Choice.class))
        .hasMessageStartingWith("unknown kind \"a?b\"");
  }

  @ParameterizedTest
  @CsvSource({
    "hiddenUnits, hidden-units",
    "HTTPServer, http-server",
    "TopK, top-k",
    "RigL, rig-l",
    "beta1, beta1",
    "TF_IDF, tf-idf",
    "x, x",
    "already-kebab, already-kebab"
  })
  void turnsNamesIntoKebabCase(String name, String kebab) {
    assertThat(Words.kebab(name)).isEqualTo(kebab);
  }

  private static Root root(SplittableRandom random) {
    List<Layer> layers =
        random.ints(random.nextInt(4)).mapToObj(n -> new Layer(n, choice(random))).toList();
    Weighting weighting = random.nextBoolean() ? Weighting.NONE : Weighting.TF_IDF;
    Scalars scalars =
        new Scalars(
            random.nextBoolean(),
            random.nextInt(),
            random.nextLong(),
            (float) random.nextGaussian(),
            random.nextGaussian(),
            "ä\"\n" + random.nextInt());
    Optional<Scalars> extra = random.nextBoolean() ? Optional.of(scalars) : Optional.empty();
    return new Root("n" + random.nextInt(), weighting, layers, choice(random), extra);
  }

  private static Choice choice(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Choice.All();
      case 1 -> hash(random);
      case 2 -> new Choice.Some.TopK(random.nextInt(), Optional.empty());
      case 3 -> new Choice.Some.TopK(random.nextInt(), Optional.of(hash(random)));
      default -> Choice.Fixed.values()[random.nextInt(2)];
    };
  }

  private static Choice.HashTables hash(SplittableRandom random) {
    return new Choice.HashTables(random.nextInt(1, 9), random.nextDouble(), choice(random));
  }

  private static JsonNode scalars(float single, double precise) {
    return SpecJson.write(new Scalars(true, 1, 2, single, precise, "t"), Scalars.class);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
