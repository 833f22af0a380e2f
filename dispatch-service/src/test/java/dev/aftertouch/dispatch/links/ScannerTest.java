package dev.aftertouch.dispatch.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.facts.Engagement;
import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.facts.TouchDue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A mail provider's scanner: a browser by its looks, which asks for all that a mail holds. */
class ScannerTest extends DispatchGround {
  private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/143.0";

  @Autowired private Gate gate;

  @Test
  void everyLinkOfAMailWithinTwoSecondsChangesNothingButTheRawHits() {
    for (long seed = 1; seed <= 4; seed++) {
      scan(seed);
    }
  }

  private void scan(long seed) {
    Fixture business = business();
    UUID customer = business.customer();
    TouchDue touch = business.mail(customer);
    gate.dispatch(List.of(touch));
    List<String> links = links(business);
    assertThat(links).as("review, feedback, unsubscribe, honeypot").hasSize(4);
    List<HttpRequest.Builder> requests = new ArrayList<>();
    for (String link : links) {
      HttpRequest.Builder browser =
          HttpRequest.newBuilder(URI.create(link)).header("User-Agent", BROWSER);
      requests.add(browser.copy().GET());
      requests.add(browser.copy().method("HEAD", BodyPublishers.noBody()));
    }
    Collections.shuffle(requests, new Random(seed));

    long begin = System.nanoTime();
    requests.forEach(DispatchGround::call);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));

    assertThat(traces(business)).as("seed %s, at once", seed).isEmpty();
    Awaitility.await().until(() -> unsettled(business) == 0);
    assertThat(traces(business)).as("seed %s, in the end", seed).isEmpty();
    assertThat(verdicts(business)).as("seed %s", seed).hasSize(8).containsOnly("bot");
    TouchDue next = business.due(customer, touch.getEnrollmentId(), "text", 0, clock().instant());
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("accepted/accepted");
  }

  private List<String> links(Fixture business) {
    String mail = frozenOf(business.id).values().iterator().next();
    return Pattern.compile(Pattern.quote(url("/")) + "[luf]/[A-Za-z0-9_-]+")
        .matcher(mail)
        .results()
        .map(match -> match.group())
        .distinct()
        .toList();
  }

  /** Whatever would be changed by a click, an opt-out or feedback. */
  private List<String> traces(Fixture business) {
    List<String> traces = new ArrayList<>();
    for (String table : List.of("suppressions", "stopped_enrollments", "feedback", "reviews")) {
      Integer rows =
          tenancy.asWorker(
              () ->
                  jdbc.sql("SELECT count(*) FROM " + table + " WHERE business_id = :business")
                      .param("business", business.id)
                      .query(Integer.class)
                      .single());
      if (rows > 0) {
        traces.add(table);
      }
    }
    read(Topics.ENGAGEMENTS).stream()
        .map(Engagement.class::cast)
        .filter(fact -> fact.getBusinessId().equals(business.id))
        .forEach(fact -> traces.add(fact.getKind().toString()));
    read(Topics.ENROLLMENT_COMMANDS).stream()
        .map(EnrollmentCommand.class::cast)
        .filter(command -> command.getBusinessId().equals(business.id))
        .forEach(command -> traces.add(command.toString()));
    return traces;
  }

  private int unsettled(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    """
                    SELECT count(*) FILTER (WHERE NOT settled) + (SELECT count(*) FROM click_holds h WHERE h.business_id = :business)
                    FROM link_hits WHERE business_id = :business
                    """)
                .param("business", business.id)
                .query(Integer.class)
                .single());
  }

  private List<String> verdicts(Fixture business) {
    return tenancy.asWorker(
        () ->
            jdbc.sql("SELECT verdict FROM link_hits WHERE business_id = :business")
                .param("business", business.id)
                .query(String.class)
                .list());
  }
}
