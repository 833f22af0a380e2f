package dev.aftertouch.dispatch.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.engine.business.BusinessSettings.EmailProvider;
import dev.aftertouch.facts.TouchDue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdsAtProvidersTest extends DispatchGround {
  @Autowired private Gate gate;
  @Autowired private Providers providers;

  @ParameterizedTest
  @EnumSource(ProviderName.class)
  void touchAndRoundTravelToEveryProvider(ProviderName provider) {
    Fixture business = business().settings(mailBy(provider), 100, 100);
    UUID customer = business.customer();
    TouchDue first =
        provider == ProviderName.TWILIO ? business.text(customer) : business.mail(customer);
    TouchDue second = business.again(first, NOON);

    gate.dispatch(List.of(second));

    JsonNode entry = ledgerOf(business.id).getFirst();
    JsonNode told = entry.path("correlation");
    String key = provider == ProviderName.TWILIO ? "touch" : "touch_id";
    assertThat(entry.path("provider").asString()).isEqualTo(provider.code());
    assertThat(told.path(key).asString()).isEqualTo(second.getTouchId().toString());
    assertThat(told.path("round").asString()).isEqualTo("1");
  }

  private static EmailProvider mailBy(ProviderName provider) {
    return switch (provider) {
      case SMTP -> EmailProvider.SMTP;
      case RESEND, TWILIO -> EmailProvider.RESEND;
    };
  }

  @ParameterizedTest
  @EnumSource(ProviderName.class)
  void aTouchHandedOverTwiceIsSeenToBeDouble(ProviderName provider) {
    UUID touch = UUID.randomUUID();
    long before = duplicates();

    handOver(provider, touch, 0);
    handOver(provider, UUID.randomUUID(), 0);
    assertThat(duplicates()).isEqualTo(before);
    handOver(provider, touch, 1);

    assertThat(duplicates()).isEqualTo(before + 1);
  }

  private void handOver(ProviderName provider, UUID touch, int round) {
    Message.Ids ids = new Message.Ids(UUID.randomUUID(), touch, round, UUID.randomUUID());
    Message message =
        switch (provider) {
          case TWILIO ->
              new Message.Text(ids, "+13035550100", Fixture.randomPhone(), "Hi Ann", 14_400);
          case RESEND, SMTP ->
              new Message.Email(
                  ids,
                  "Summit",
                  "hello@summit.example",
                  null,
                  "ann@mail.example",
                  "Thank you",
                  "<p>Hi</p>",
                  "Hi",
                  "https://summit.example/u/1",
                  NOON);
        };
    byte[] body = providers.freeze(provider, message);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    CompletableFuture<ProviderAnswer> answer = new CompletableFuture<>();
    providers
        .of(provider)
        .handOver(
            Parcel.of(new Handover(ids.business(), touch, ids.attempt(), provider, body, deadline)),
            Duration.ofSeconds(5),
            answer::complete);
    assertThat(answer.join()).isInstanceOf(ProviderAnswer.Accepted.class);
  }

  private static long duplicates() {
    String summary = sandbox("GET", "/sandbox/ledger/summary", "").body();
    return JsonMapper.shared().readTree(summary).path("duplicates").asLong();
  }

  @Test
  void aStatusCallbackIsTriedThreeTimesMore() {
    Message.Ids ids = new Message.Ids(UUID.randomUUID(), UUID.randomUUID(), 0, UUID.randomUUID());

    byte[] form =
        providers.freeze(
            ProviderName.TWILIO, new Message.Text(ids, "+13035550100", "+1303", "Hi", 14_400));

    assertThat(new String(form, StandardCharsets.US_ASCII))
        .contains("%26touch%3D" + ids.touch() + "%26round%3D0%23rc%3D3%26rp%3Dall&");
  }
}
