package org.fovea.residency.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSorterTest {

  @TempDir Path folder;

  private static List<int[]> all(RecordSorter.Cursor cursor) {
    List<int[]> records = new ArrayList<>();
    while (cursor.next()) {
      int[] record = new int[cursor.length()];
      Arrays.setAll(record, cursor::get);
      records.add(record);
    }
    return records;
  }

  @Test
  void sortsLikeArraysInMemoryAndInRuns() {
    int[] largest = new int[1];
    Seeds.repeat(
        300,
        random -> {
          int values = random.nextInt(1, 5);
          List<int[]> records = new ArrayList<>();
          try (RecordSorter sorter = new RecordSorter(folder, 4_096)) {
            int count = random.nextInt(2_000);
            for (int i = 0; i < count; i++) {
              int[] record =
                  random.ints(random.nextInt(random.nextInt(1, 12)), -values, values).toArray();
              if (record.length > 0 && random.nextInt(30) == 0) {
                record[0] = random.nextBoolean() ? Integer.MIN_VALUE : Integer.MAX_VALUE;
              }
              records.add(record);
              sorter.add(record, record.length);
            }
            records.sort(Arrays::compare);
            for (int time = 0; time < 2; time++) {
              assertThat(all(sorter.cursor())).containsExactlyElementsOf(records);
            }
          }
          largest[0] = Math.max(largest[0], records.size());
        });
    assertThat(largest[0]).isGreaterThan(1_000);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sortsManyRecordsThatAreTheSame() {
    try (RecordSorter sorter = new RecordSorter(folder, 1 << 20)) {
      for (int i = 0; i < 200_000; i++) {
        sorter.add(new int[] {7, 7, 7}, 3);
      }
      assertThat(all(sorter.cursor())).hasSize(200_000).allMatch(record -> record.length == 3);
    }
  }

  @Test
  void makesRoomForRecordsThatAreLongerThanItsMemory() {
    try (RecordSorter sorter = new RecordSorter(folder, 4_096)) {
      int[] expected = {2_000, 5_000, 3, 1_022, 1_023, 9_000};
      for (int i : new int[] {3, 0, 5, 1, 4, 2}) {
        int[] record = new int[expected[i]];
        record[0] = i;
        sorter.add(record, record.length);
      }
      List<int[]> sorted = all(sorter.cursor());
      assertThat(sorted)
          .extracting(record -> record.length)
          .containsExactly(2_000, 5_000, 3, 1_022, 1_023, 9_000);
      assertThat(sorted).extracting(record -> record[0]).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }
}
