package dev.aftertouch.dispatch.links;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftertouch.dispatch.DispatchGround;
import dev.aftertouch.dispatch.Fixture;
import dev.aftertouch.dispatch.Gate;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.facts.TouchDue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PublicPagesTest extends DispatchGround {
  private static final String BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)";

  @Autowired private Gate gate;
  private Fixture business;
  private UUID customer;
  private TouchDue touch;
  private String mail;

  @BeforeEach
  void anEmailWasSent() {
    business = business();
    customer = business.customer();
    touch = business.mail(customer);
    gate.dispatch(List.of(touch));
    mail = frozenOf(business.id).values().iterator().next();
  }

  @Test
  void aHumansClickOnTheReviewLinkLeadsThereAndEndsTheEnrollment() {
    HttpResponse<String> answer = call(request(link("/l/")).header("User-Agent", BROWSER).GET());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("https://reviews.example/summit?a=1&b=2");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(hits()).containsExactly("GET/suspect");
    TouchDue next = business.due(customer, touch.getEnrollmentId(), "text", 0, clock().instant());
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("deferred/click_in_doubt");
    Awaitility.await().untilAsserted(() -> assertThat(stops()).containsExactly("review_clicked"));
    assertThat(hits()).containsExactly("GET/human");
    clock().advance(Duration.ofMinutes(15));
    gate.dispatch(List.of(business.again(next, clock().instant())));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("skipped/enrollment_stopped");
  }

  @Test
  void scannersAndPrefetchersChangeNothingButTheRawHits() {
    call(
        request(link("/l/")).header("User-Agent", BROWSER).method("HEAD", BodyPublishers.noBody()));
    call(
        request(link("/l/")).header("User-Agent", BROWSER).header("Sec-Purpose", "prefetch").GET());
    call(request(link("/l/")).header("User-Agent", "Barracuda Sentinel").GET());
    call(request(link("/u/")).header("User-Agent", BROWSER).GET());
    call(request(link("/u/")).method("HEAD", BodyPublishers.noBody()));
    call(request(link("/f/")).header("User-Agent", BROWSER).GET());

    assertThat(stops()).isEmpty();
    assertThat(hits()).hasSize(6).allMatch(hit -> hit.endsWith("/bot"));
    TouchDue next = business.mail(customer);
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void theUnsubscribePageActsOnPostOnlyAndCanBeUndone() {
    String link = link("/u/");
    HttpResponse<String> page = call(request(link).GET());
    assertThat(page.body()).contains("Nothing has been changed yet", "Summit Home Services");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();

    HttpResponse<String> done =
        call(request(link).POST(BodyPublishers.ofString("List-Unsubscribe=One-Click")));

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("You are unsubscribed");
    assertThat(stops()).containsExactly("opted_out_email");
    TouchDue next = business.mail(customer);
    gate.dispatch(List.of(next));
    assertThat(stateOf(business.id, next.getTouchId())).isEqualTo("skipped/suppressed");

    clock().advance(Duration.ofMinutes(1));
    call(request(link + "/undo").POST(BodyPublishers.noBody()));

    TouchDue reopened = business.mail(customer);
    gate.dispatch(List.of(reopened));
    assertThat(stateOf(business.id, reopened.getTouchId())).isEqualTo("accepted/accepted");
  }

  @Test
  void onePurposeCanBeStoppedAndTakenBackByItself() {
    UUID appeal = business.campaign(Purpose.FUNDRAISING);
    TouchDue running = business.mail(appeal, customer);
    gate.dispatch(List.of(running));
    String link = link("/u/");
    assertThat(call(request(link).GET()).body())
        .contains("Unsubscribe from all", "Fundraising: you get them.");

    String stopped = call(form(link, "purpose=fundraising")).body();

    assertThat(stopped).contains("Fundraising: stopped.", "follow-ups: you get them.");
    assertThat(states(business.mail(appeal, customer), business.mail(customer)))
        .containsExactly("skipped/suppressed", "accepted/accepted");
    assertThat(stopsOf(running)).containsExactly("opted_out_email");
    assertThat(stops()).isEmpty();

    clock().advance(Duration.ofMinutes(1));
    call(form(link, "List-Unsubscribe=One-Click"));
    clock().advance(Duration.ofMinutes(1));
    assertThat(states(business.mail(appeal, customer), business.mail(customer)))
        .containsExactly("skipped/suppressed", "skipped/suppressed");
    call(form(link + "/undo", ""));
    assertThat(states(business.mail(appeal, customer), business.mail(customer)))
        .containsExactly("skipped/suppressed", "accepted/accepted");
    assertThat(call(form(link + "/undo", "purpose=nonsense")).statusCode()).isEqualTo(404);
    assertThat(call(form(link + "/undo", "purpose=fundraising")).body())
        .contains("Fundraising: you get them.");
    assertThat(states(business.mail(appeal, customer))).containsExactly("accepted/accepted");
    assertThat(ledger())
        .containsExactly(
            "withdrawn fundraising", "withdrawn all", "reopened all", "reopened fundraising");
  }

  private static HttpRequest.Builder form(String address, String body) {
    return request(address)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  private List<String> states(TouchDue... touches) {
    gate.dispatch(List.of(touches));
    return Stream.of(touches)
        .map(dispatched -> stateOf(business.id, dispatched.getTouchId()))
        .toList();
  }

  private List<String> ledger() {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT kind || ' ' || purpose FROM consent_ledger WHERE business_id = :business ORDER BY number")
                .param("business", business.id)
                .query(String.class)
                .list());
  }

  @Test
  void feedbackIsKeptAndEndsTheEnrollment() {
    String link = link("/f/");
    assertThat(call(request(link).GET()).body()).contains("How did Summit Home Services do?");

    HttpResponse<String> thanks =
        call(
            request(link)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("comment=All+good+%F0%9F%91%8D")));

    assertThat(thanks.body()).contains("Thank you");
    assertThat(stops()).containsExactly("feedback_submitted");
  }

  @Test
  void aTokenOfAnotherPurposeOrBentByOneLetterLeadsNowhere() {
    String unsubscribe = link("/u/");
    String token = unsubscribe.substring(unsubscribe.lastIndexOf('/') + 1);
    String bent = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);

    assertThat(call(request(url("/u/" + bent)).POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(404);
    assertThat(call(request(url("/f/" + token)).GET()).statusCode()).isEqualTo(404);
    assertThat(call(request(url("/l/" + token)).GET()).statusCode()).isEqualTo(404);
    assertThat(call(request(url("/l/not-a-token")).GET()).statusCode()).isEqualTo(404);
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address));
  }

  private String link(String kind) {
    Matcher matcher = Pattern.compile(Pattern.quote(url(kind)) + "[A-Za-z0-9_-]+").matcher(mail);
    assertThat(matcher.find()).as("a link with %s in %s", kind, mail).isTrue();
    return matcher.group();
  }

  private List<String> stops() {
    return stopsOf(touch);
  }

  private List<String> stopsOf(TouchDue of) {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT reason FROM stopped_enrollments WHERE business_id = :business AND enrollment_id = :enrollment")
                .param("business", business.id)
                .param("enrollment", of.getEnrollmentId())
                .query(String.class)
                .list());
  }

  private List<String> hits() {
    return tenancy.asWorker(
        () ->
            jdbc.sql(
                    "SELECT method || '/' || verdict FROM link_hits WHERE business_id = :business ORDER BY hit_id")
                .param("business", business.id)
                .query(String.class)
                .list());
  }
}
