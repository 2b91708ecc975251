package org.fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void givesEachCaseItsOwnNumbersAndTheSameEachTime() {
    List<Long> first = numbers();
    assertThat(first).doesNotHaveDuplicates().hasSize(100).isEqualTo(numbers());
  }

  @Test
  void namesSeedCaseAndCommandWhenACaseFails() throws Exception {
    int[] count = {0};
    assertThatThrownBy(() -> Seeds.repeat(10, random -> assertThat(count[0]++).isLessThan(3)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("case 3 of seed " + Seeds.run())
        .hasMessageContaining("-Dfovea.seed=" + Seeds.run())
        .hasMessageContaining("SeedsTest#namesSeedCaseAndCommandWhenACaseFails");
    Path file = Path.of("target/failures/SeedsTest.namesSeedCaseAndCommandWhenACaseFails.txt");
    assertThat(file).content().contains("case 3");
    Files.delete(file);
  }

  private static List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    Seeds.repeat(100, random -> numbers.add(random.nextLong()));
    return numbers;
  }
}
