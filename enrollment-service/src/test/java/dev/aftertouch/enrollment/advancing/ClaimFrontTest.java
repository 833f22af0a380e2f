package dev.aftertouch.enrollment.advancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimFrontTest {
  private static final Instant EIGHT = Instant.parse("2026-03-10T08:00:00Z");
  private static final Due FIRST = due(1, EIGHT);
  private static final Due SECOND = due(2, EIGHT);
  private static final Due THIRD = due(3, EIGHT.plusSeconds(1));

  @Test
  void nextClaimBeginsWithTheLastRowTaken() {
    List<Due> all = List.of(FIRST, SECOND);

    assertThat(ClaimFront.BEGINNING.after(all, all))
        .isEqualTo(new ClaimFront(EIGHT, new UUID(0, 2)));
  }

  @Test
  void nothingThatAClaimLeftLiesBeforeTheNext() {
    assertThat(ClaimFront.BEGINNING.after(List.of(FIRST, SECOND, THIRD), List.of(FIRST, THIRD)))
        .isEqualTo(new ClaimFront(EIGHT, new UUID(0, 1)));
  }

  @Test
  void staysWhereNothingWasTaken() {
    ClaimFront front = new ClaimFront(EIGHT, new UUID(0, 1));

    assertThat(front.after(List.of(SECOND), List.of())).isEqualTo(front);
  }

  private static Due due(int business, Instant at) {
    return new Due(
        new EnrollmentKey(new UUID(0, business), new UUID(1, business)),
        new FollowedVersion(new VersionKey(new UUID(0, business), new UUID(2, business), 1), null),
        new UUID(3, business),
        1,
        null,
        null,
        null,
        null,
        0,
        new Waiting("step", at, at, 0),
        "(0,%d)".formatted(business));
  }
}
