package dev.aftertouch.enrollment.advancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.engine.journey.EnrollmentState.Waiting;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.directory.VersionKey;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FairSharesTest {
  private static final UUID CROWD = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  @Test
  void takesAllWhereNobodyHasMoreThanItsShare() {
    List<Due> due = Stream.concat(due(CROWD, 3), due(OTHER, 3)).toList();

    assertThat(FairShares.of(due, 3)).isEqualTo(new FairShares(due, Set.of(CROWD, OTHER), 0));
  }

  @Test
  void takesTheEarliestOfACrowdAndAllOfTheOthers() {
    List<Due> crowd = due(CROWD, 5).toList();
    List<Due> other = due(OTHER, 2).toList();

    assertThat(FairShares.of(Stream.concat(crowd.stream(), other.stream()).toList(), 3))
        .isEqualTo(
            new FairShares(
                Stream.concat(crowd.subList(0, 3).stream(), other.stream()).toList(),
                Set.of(CROWD, OTHER),
                2));
  }

  private static Stream<Due> due(UUID business, int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                new Due(
                    new EnrollmentKey(business, new UUID(1, i)),
                    new FollowedVersion(new VersionKey(business, new UUID(2, 0), 1), null),
                    new UUID(3, i),
                    1,
                    null,
                    null,
                    null,
                    null,
                    0,
                    new Waiting("step", Instant.EPOCH, Instant.EPOCH.plusSeconds(i), 0),
                    "(0,%d)".formatted(i)));
  }
}
