package dev.aftertouch.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ApiExceptionBuilder;
import java.io.EOFException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.KafkaException;

class BatchesTest {
  private enum Fault {
    DATABASE_AWAY(new IllegalStateException(new QueryTimeoutException("away")), true),
    BROKER_AWAY(new KafkaException("not acknowledged"), true),
    NOT_YET_HERE(new TryAgainException("customer revision 3"), true),
    REGISTRY_CUT(
        new IllegalStateException(new ExecutionException(new IllegalStateException("closed"))),
        true),
    REGISTRY_BUSY(new IllegalStateException(answer(503)), true),
    SCHEMA_REFUSED(new IllegalStateException(new ExecutionException(answer(409))), false),
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

  private enum Undecoded {
    REFUSED(new ConnectException("refused"), true),
    CUT(new IllegalStateException(new ExecutionException(new IllegalStateException("cut"))), true),
    LATE(new TimeoutException(), true),
    BUSY(answer(503), true),
    UNKNOWN_SCHEMA(answer(404), false),
    TRUNCATED(new EOFException(), false),
    NO_MAGIC(new IllegalArgumentException("unknown magic byte"), false);

    private final Exception cause;
    private final boolean passes;

    Undecoded(Exception cause, boolean passes) {
      this.cause = cause;
      this.passes = passes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void fetchesAgainWhatTheRegistryDidNotAnswer(Undecoded undecoded) {
    assertThat(FactDeserializer.registryIsAway(undecoded.cause)).isEqualTo(undecoded.passes);
  }

  private static ApiException answer(int status) {
    return new ApiExceptionBuilder().withResponseStatusCode(status).build();
  }
}
