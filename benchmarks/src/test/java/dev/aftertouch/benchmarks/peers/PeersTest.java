package dev.aftertouch.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.aftertouch.local.infrastructure.ServiceDatabase;
import dev.aftertouch.local.infrastructure.SharedInfrastructure;
import dev.aftertouch.local.process.Pause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeersTest {
  private static final int TIMERS = 40;

  @ParameterizedTest
  @EnumSource
  void firesEachTimerOnceAndTellsWhenAllAreDone(PeerMode mode) throws Exception {
    try (HikariDataSource dataSource = freshDatabase(mode)) {
      Peer peer = mode.on(dataSource);
      peer.install();
      Seen.reset(TIMERS);
      peer.seed(0, TIMERS);
      assertThat(peer.isDrained()).isFalse();

      peer.start();

      assertThat(Pause.until(Duration.ofSeconds(60), () -> Seen.calls() >= TIMERS)).isTrue();
      assertThat(Pause.until(Duration.ofSeconds(60), () -> isDrained(peer))).isTrue();
      peer.stop();
      assertThat(Seen.distinct(0, TIMERS)).isEqualTo(TIMERS);
      assertThat(Seen.twice(0, TIMERS)).isZero();
    }
  }

  @Test
  void seesWhatFiredTwiceAndWhatNever() {
    Seen.reset(5);

    Seen.note(1);
    Seen.note(1);
    Seen.note(4);

    assertThat(Seen.calls()).isEqualTo(3);
    assertThat(Seen.distinct(0, 5)).isEqualTo(2);
    assertThat(Seen.distinct(2, 3)).isEqualTo(1);
    assertThat(Seen.twice(0, 5)).isEqualTo(1);
  }

  private static boolean isDrained(Peer peer) {
    try {
      return peer.isDrained();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static HikariDataSource freshDatabase(PeerMode mode) {
    ServiceDatabase database = SharedInfrastructure.get().createDatabase("peer");
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(database.url());
    dataSource.setUsername(database.owner().user());
    dataSource.setPassword(database.owner().password());
    dataSource.setMaximumPoolSize(mode.connections());
    return dataSource;
  }
}
