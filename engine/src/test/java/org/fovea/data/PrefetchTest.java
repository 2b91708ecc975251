package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchTest {

  private static final String TEXT = "6 9 9\n1 1:1\n2 2:2\n3 3:3\n4 4:4\n5 5:5\n6 x\n";

  @Test
  void readsTheSameAsTheReaderBehind() {
    Batch batch = MadeExamples.batch(40, 5_000);
    String expected = TestContent.show(batch);
    Seeds.repeat(
        20,
        random -> {
          ExampleReader behind = new MadeExamples.ListSource(batch).open();
          int slots = 2 + random.nextInt(4);
          Prefetch prefetch = new Prefetch(behind, slots, 1 + random.nextInt(200));
          assertThat(TestContent.show(MadeExamples.readAll(prefetch, random))).isEqualTo(expected);
        });
  }

  @Test
  void fillsTheBatchUpToTheLimitAcrossSlots() {
    ExampleReader behind = MadeExamples.source(41, 100).open();
    try (Prefetch prefetch = new Prefetch(behind, 2, 7)) {
      Batch batch = new Batch();
      assertThat(prefetch.read(batch, 60)).isEqualTo(60);
      assertThat(prefetch.read(batch, 60)).isEqualTo(40);
      assertThat(prefetch.read(batch, 60)).isZero();
      assertThat(prefetch.read(batch, 60)).isZero();
      assertThat(prefetch.skippedCount()).isEqualTo(3);
    }
  }

  @Test
  void passesAFailureOnAfterTheExamplesBeforeIt() {
    XcSource source = XcSource.open(TestContent.text(TEXT), DataOptions.strict());
    for (int slot : new int[] {1, 2, 3, 5, 100}) {
      try (Prefetch prefetch = new Prefetch(source.open(), 2, slot)) {
        Batch batch = new Batch();
        assertThat(prefetch.read(batch, 10)).isEqualTo(5);
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(() -> prefetch.read(batch, 10))
              .isInstanceOf(MalformedDataException.class)
              .hasMessage("bad.txt:7:3: a feature was expected, 'x' came");
        }
        assertThat(batch.exampleCount()).isEqualTo(5);
      }
    }
  }

  /// A reader that does what each test needs.
  private abstract static class Scripted implements ExampleReader {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void passesErrorsOn() {
    AssertionError error = new AssertionError("inside");
    Scripted failing =
        new Scripted() {
          @Override
          public int read(Batch batch, int limit) {
            throw error;
          }
        };
    try (Prefetch prefetch = new Prefetch(failing, 2, 1)) {
      assertThatThrownBy(() -> prefetch.read(new Batch(), 1)).isSameAs(error);
    }
  }

  private static Scripted endless() {
    return new Scripted() {
      @Override
      public int read(Batch batch, int limit) {
        batch.endExample(0);
        return 1;
      }
    };
  }

  @Test
  void stopsReadingWhenClosed() throws InterruptedException {
    Scripted endless = endless();
    Prefetch prefetch = new Prefetch(endless, 2, 1);
    assertThat(prefetch.read(new Batch(), 3)).isEqualTo(3);
    prefetch.close();
    prefetch.close();
    endless.closed.await();
    assertThat(prefetch.read(new Batch(), 3)).isZero();
  }

  @Test
  void readsNoFurtherAheadThanItsRing() throws InterruptedException {
    int[] count = {0};
    CountDownLatch three = new CountDownLatch(3);
    Scripted counting =
        new Scripted() {
          @Override
          public int read(Batch batch, int limit) {
            count[0]++;
            three.countDown();
            batch.endExample(0);
            return 1;
          }
        };
    Prefetch prefetch = new Prefetch(counting, 3, 1);
    three.await();
    prefetch.close();
    counting.closed.await();
    assertThat(count[0]).isEqualTo(3);
  }

  /// A read that never returns must not keep the caller; the reader behind is closed once it does.
  @Test
  void closesWithoutWaitingForAReaderThatHangs() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Scripted hanging =
        new Scripted() {
          @Override
          public int read(Batch batch, int limit) {
            entered.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return 0;
          }
        };
    Prefetch prefetch = new Prefetch(hanging, 2, 1);
    entered.await();
    long start = System.nanoTime();
    prefetch.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(hanging.closed.getCount()).isEqualTo(1);
    release.countDown();
    hanging.closed.await();
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    CountDownLatch release = new CountDownLatch(1);
    Scripted hanging =
        new Scripted() {
          @Override
          public int read(Batch batch, int limit) {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return 0;
          }
        };
    try (Prefetch prefetch = new Prefetch(hanging, 2, 1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> prefetch.read(new Batch(), 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("waiting for examples was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      release.countDown();
    }
  }

  @Test
  void refusesARingThatIsNone() {
    assertThatThrownBy(() -> new Prefetch(endless(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prefetch(endless(), 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
