package dev.aftertouch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.chaos.check.Verdict;
import dev.aftertouch.local.process.ProjectRoot;
import dev.aftertouch.local.system.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A short storm over the real processes. {@code ./aftertouch chaos} raises longer ones, and {@code
 * chaos/planted/try} shows that they find what is broken.
 */
class ShortStormTest {
  private static final long SEED = 20260311;

  @Test
  void aStormBreaksNoPromise() throws Exception {
    Path directory = ProjectRoot.find().resolve("chaos/target/short-storm");
    LocalSystem.deleteData(directory);

    Verdict verdict =
        new Storm(
                new Storm.Plan(SEED, 400, 4, Duration.ofSeconds(45), 0.001, directory, null),
                System.out::println)
            .run();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.counts())
        .containsEntry("jobs asked", 200L)
        .containsEntry("enrolled", 200L)
        .containsKeys("stops acknowledged", "messages accepted");
    assertThat(verdict.counts().get("kill -9")).isEqualTo(4L);
    assertThat(verdict.counts().get("messages accepted")).isGreaterThan(300);
  }
}
