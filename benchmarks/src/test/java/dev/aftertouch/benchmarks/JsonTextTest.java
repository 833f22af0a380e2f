package dev.aftertouch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.benchmarks.reporting.JsonText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
  @Test
  void namesFieldsInSnakeCaseAndLeavesProcessesAsTheyAreCalled() {
    StartFigures figures =
        new StartFigures(
            List.of(
                StartFigures.Start.of(
                    7,
                    12.5,
                    Map.of("kafka", 3.5),
                    Map.of("kafka", 2_500_000L),
                    Map.of("kafka", 300L),
                    60.0,
                    4.0)),
            Map.of("processors", 2),
            true);

    assertThat(JsonMapper.shared().readTree(JsonText.of(figures)))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "starts": [{
                        "class_archives": 7, "seconds": 12.5, "ready_after_seconds": {"kafka": 3.5},
                        "cpu_ms": {"kafka": 2500}, "cpu_ms_in_all": 2500,
                        "memory_mb": {"kafka": 300}, "memory_mb_in_all": 300, "archived_after_seconds": 60.0,
                        "stopped_after_seconds": 4.0
                      }],
                      "conditions": {"processors": 2},
                      "reconciled": true
                    }
                    """));
  }
}
