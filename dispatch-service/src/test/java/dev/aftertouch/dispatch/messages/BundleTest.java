package dev.aftertouch.dispatch.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundleTest {
  /** As the migration wrote it: see MigrationsTest. */
  private static final String PLAIN =
      "00000000010000000000004000800000000000000c0000000000004000800000000000000b"
          + "000000024869000000010000000672657669657700000009687474703a2f2fc3a9";

  private final AttemptIds ids = new AttemptIds();

  @Test
  void givesMessagesBackAsTheyWere() {
    List<FrozenMessage> messages = IntStream.range(0, 300).mapToObj(this::mail).toList();

    byte[] bundle = Bundle.write(messages);

    assertThat(Bundle.read(bundle)).usingRecursiveComparison().isEqualTo(messages);
    int plain = messages.stream().mapToInt(message -> message.body().length).sum();
    assertThat(bundle.length).isLessThan(plain / 3);
    assertThat(Bundle.read(Bundle.write(List.of()))).isEmpty();
  }

  @Test
  void readsWhatTheMigrationWrote() {
    FrozenMessage message =
        new FrozenMessage(
            UUID.fromString("00000000-0000-4000-8000-00000000000c"),
            UUID.fromString("00000000-0000-4000-8000-00000000000b"),
            "Hi".getBytes(StandardCharsets.UTF_8),
            List.of("review"),
            List.of("http://é"));

    assertThat(Bundle.read(HexFormat.of().parseHex(PLAIN)))
        .usingRecursiveComparison()
        .isEqualTo(List.of(message));
  }

  @Test
  void attemptsOfABatchDifferAndNameOneBundle() {
    List<UUID> attempts = IntStream.range(0, 1_000).mapToObj(i -> ids.next()).toList();

    assertThat(attempts).doesNotHaveDuplicates();
    assertThat(attempts.stream().map(AttemptIds::bundleOf).distinct())
        .containsExactly(attempts.getFirst());
    assertThat(AttemptIds.bundleOf(new AttemptIds().next())).isNotEqualTo(attempts.getFirst());
  }

  private FrozenMessage mail(int number) {
    String body =
        "<p>Hello %d,</p><p>thank you for choosing Summit. Would you <a href=\"https://go.example/%s\">leave us a review</a>?</p>"
            .formatted(number, UUID.randomUUID());
    return new FrozenMessage(
        ids.next(),
        UUID.randomUUID(),
        body.repeat(3).getBytes(StandardCharsets.UTF_8),
        List.of("review", "booking"),
        List.of("https://reviews.example/summit", "https://summit.example/book?n=" + number));
  }
}
