package dev.aftertouch.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.support.serializer.DeserializationException;

class BatchesTest {
  private enum Fault {
    DATABASE_AWAY(new IllegalStateException(new QueryTimeoutException("away")), true),
    BROKER_AWAY(new KafkaException("not acknowledged"), true),
    NOT_YET_HERE(new TryAgainException("customer revision 3"), true),
    REGISTRY_AWAY(undecodable(new ConnectException("refused")), true),
    BROKEN_RECORD(undecodable(new IllegalArgumentException("unknown id")), false),
    IMPOSSIBLE_ROW(new DataIntegrityViolationException("check"), false),
    BUG(new NullPointerException(), false);

    private final RuntimeException failure;
    private final boolean passes;

    Fault(RuntimeException failure, boolean passes) {
      this.failure = failure;
      this.passes = passes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsPassingFaultsFromPoison(Fault fault) {
    assertThat(Batches.passes(fault.failure)).isEqualTo(fault.passes);
  }

  private static DeserializationException undecodable(Exception cause) {
    return new DeserializationException("failed", new byte[0], false, cause);
  }
}
