package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClassFactsTest {

  private final List<MethodFacts> sample = read("Sample.class");

  @Test
  void namesEachMethodThatIsCalled() {
    assertThat(method("parseXmlFile").calls())
        .containsExactly(
            "java.lang.String.isEmpty() boolean", "new java.io.IOException(java.lang.String) void");
    assertThat(method("close").calls()).containsExactly("java.util.List.clear() void");
    assertThat(method("<init>").calls())
        .containsExactly("new java.lang.Object() void", "new java.util.ArrayList() void");
  }

  @Test
  void countsMethodReferencesAsCalls() {
    assertThat(method("printing").calls())
        .containsExactly("java.lang.String.valueOf(java.lang.Object) java.lang.String");
  }

  @Test
  void readsLambdasAsMethodsOfTheSameNameAndFamily() {
    MethodFacts lambda = method("lambda$lowering$0");
    MethodFacts around = method("lowering");

    assertThat(lambda.calls())
        .containsExactly(
            "java.lang.String.concat(java.lang.String) java.lang.String",
            "java.lang.String.toLowerCase(java.util.Locale) java.lang.String");
    assertThat(lambda.features()).contains("method:lowering", "shape:lambda");
    assertThat(lambda.kind()).isEqualTo(around.kind());
    assertThat(around.calls()).containsExactly("java.util.List.get(int) java.lang.Object");
    assertThat(around.features()).doesNotContain("shape:lambda");
  }

  @Test
  void leavesOutMethodsThatCallNothingOrThatNobodyWrote() {
    assertThat(sample).noneMatch(method -> method.name().contains(".quiet("));
    assertThat(read("Sample$Colour.class"))
        .extracting(MethodFacts::name)
        .noneMatch(name -> name.contains(".values(") || name.contains(".valueOf("));
  }

  @Test
  void describesTheSignatureAndTheClass() {
    assertThat(method("parseXmlFile").features())
        .contains(
            "class:org.fovea.data.make.Sample",
            "class word:sample",
            "package:org.fovea.data.make",
            "interface type:java.io.Closeable",
            "method:parseXmlFile",
            "method word:parse",
            "method word:xml",
            "method word:file",
            "parameter type:java.lang.String",
            "parameter type:int[]",
            "parameters:2",
            "result type:int",
            "throws type:java.io.IOException",
            "annotation:java.lang.Deprecated",
            "shape:static",
            "code:athrow",
            "signature:parseXmlFile(String, int[])",
            "inherited:java.io.Closeable.parseXmlFile(String, int[])");
  }

  @Test
  void describesFieldsAndTexts() {
    assertThat(method("parseXmlFile").features()).contains("text word:such", "text word:here");
    assertThat(method("lowering").features()).contains("number:0");
    assertThat(method("close").features())
        .contains(
            "field:org.fovea.data.make.Sample.pendingNames",
            "field word:pending",
            "field type:java.util.List");
  }

  @Test
  void neverMentionsCalledMethodsOrTypesThatOnlyOwnThem() {
    assertThat(method("parseXmlFile").features())
        .noneMatch(feature -> feature.contains("isEmpty") || feature.contains("init"))
        .doesNotContain("code:new", "code:dup", "code:invokevirtual");
    assertThat(method("<init>").features()).noneMatch(feature -> feature.contains("ArrayList"));
    assertThat(method("lambda$lowering$0").features())
        .noneMatch(feature -> feature.contains("concat") || feature.contains("lower word"));
  }

  @Test
  void mentionsTypesThatAreTestedButNotCastsToTheOwnerOfACall() {
    assertThat(method("describe").features())
        .contains("test type:java.lang.Integer")
        .doesNotContain("cast type:java.lang.String");
  }

  private MethodFacts method(String name) {
    return sample.stream()
        .filter(method -> method.name().startsWith("org.fovea.data.make.Sample." + name + "("))
        .findFirst()
        .orElseThrow();
  }

  private static List<MethodFacts> read(String classFile) {
    try (InputStream input =
        Objects.requireNonNull(ClassFactsTest.class.getResourceAsStream(classFile))) {
      return ClassFacts.read(input.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
