package dev.aftertouch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockFileTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir private Path directory;
  private Instant real = NOON;
  private ClockFile clock = new ClockFile(Path.of("unused"));

  @BeforeEach
  void onARealClockThatStandsStill() {
    clock = anotherReader();
  }

  @Test
  void showsRealTimeWithoutAFile() {
    assertThat(clock.now()).isEqualTo(NOON);
    assertThat(clock.speed()).isEqualTo(1);
  }

  @Test
  void playsAnHourASecond() {
    clock.begin(NOON, 3600);

    realTimePasses(Duration.ofSeconds(2));

    assertThat(clock.now()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    assertThat(anotherReader().now()).isEqualTo(clock.now());
  }

  @Test
  void changesTheSpeedFromNowOnOnly() {
    clock.begin(NOON, 60);
    realTimePasses(Duration.ofSeconds(10));

    clock.setSpeed(1);
    realTimePasses(Duration.ofSeconds(5));

    assertThat(clock.now()).isEqualTo(NOON.plus(Duration.ofMinutes(10)).plusSeconds(5));
  }

  @Test
  void standsStillAtSpeedZero() {
    clock.begin(NOON, 0);

    realTimePasses(Duration.ofDays(1));

    assertThat(clock.now()).isEqualTo(NOON);
  }

  @Test
  void jumpsAndAdvancesAndRunsOn() {
    clock.begin(NOON, 1);

    clock.jumpTo(NOON.plus(Duration.ofDays(3)));
    clock.advance(Duration.ofHours(1));
    realTimePasses(Duration.ofSeconds(7));

    assertThat(clock.now())
        .isEqualTo(NOON.plus(Duration.ofDays(3)).plus(Duration.ofHours(1)).plusSeconds(7));
  }

  @Test
  void refusesToRunBackwards() {
    clock.begin(NOON, 1);

    assertThatThrownBy(() -> clock.jumpTo(NOON.minusMillis(1)))
        .hasMessageContaining("before the virtual now");
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1))).hasMessageContaining("back");
    assertThatThrownBy(() -> clock.setSpeed(-1)).hasMessageContaining("speed");
    assertThat(clock.now()).isEqualTo(NOON);
  }

  @Test
  void goesOnAfterAPauseWithoutLivingThroughItFast() {
    clock.begin(NOON, 3600);
    realTimePasses(Duration.ofSeconds(100));
    clock.markSeen();
    Instant before = clock.now();

    realTimePasses(Duration.ofHours(10));
    clock.resume(1);

    assertThat(clock.now()).isBetween(before, before.plus(Duration.ofHours(2)));
  }

  @Test
  void neverFallsBehindWhatWasSeenBeforeACrash() {
    clock.begin(NOON, 3600);
    clock.markSeen();
    realTimePasses(Duration.ofMillis(1_500));
    Instant lastReadBeforeTheCrash = clock.now();

    realTimePasses(Duration.ofMillis(1));
    clock.resume(1);

    assertThat(clock.now()).isAfterOrEqualTo(lastReadBeforeTheCrash);
  }

  @Test
  void catchesUpWithRealTimeAfterALongPause() {
    clock.begin(NOON, 1);

    realTimePasses(Duration.ofDays(30));
    clock.resume(1);

    assertThat(clock.now()).isEqualTo(real);
  }

  private void realTimePasses(Duration duration) {
    real = real.plus(duration);
  }

  private ClockFile anotherReader() {
    return new ClockFile(directory.resolve("clock.properties"), () -> real);
  }
}
