package dev.aftertouch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void takesTheCommandLineBeforeTheEnvironmentBeforeTheDefault() {
    Map<String, String> environment = Map.of("SANDBOX_PORT", "1", "SANDBOX_SMTP_PORT", "2");

    Settings settings = Settings.parse(List.of("--port=3", "--fsync"), environment);

    assertThat(settings.number("port")).isEqualTo(3);
    assertThat(settings.number("smtp-port")).isEqualTo(2);
    assertThat(settings.number("keep-messages")).isEqualTo(20_000);
    assertThat(settings.flag("fsync")).isTrue();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Settings.parse(List.of("--prot", "1"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown option --prot");
    assertThatThrownBy(() -> Settings.parse(List.of("--port"), Map.of()))
        .hasMessageContaining("needs a value");
    assertThatThrownBy(() -> Settings.parse(List.of("--port", "x"), Map.of()).number("port"))
        .hasMessageContaining("--port is not a number");
  }
}
