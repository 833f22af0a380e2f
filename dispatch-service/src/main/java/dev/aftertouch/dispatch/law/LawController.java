package dev.aftertouch.dispatch.law;

import dev.aftertouch.engine.law.Law;
import dev.aftertouch.engine.law.LawRow;
import dev.aftertouch.engine.law.Provision;
import dev.aftertouch.service.access.CurrentUser;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The same for every business; nobody can change it over HTTP. */
@RestController
final class LawController {
  private static final String ADVICE =
      "Not legal advice: check these rules with counsel before you rely on them. All rules of the"
          + " states in which a customer may be must allow a text; the strictest wins.";

  /**
   * One rule.
   *
   * @param holidays the closed days of this year, where the rule closes holidays
   */
  record Rule(
      String id,
      String jurisdiction,
      String channel,
      String basis,
      String kind,
      String says,
      @Nullable List<LocalDate> holidays,
      @Nullable LocalDate effectiveFrom,
      @Nullable LocalDate effectiveUntil,
      boolean inForce,
      String source,
      @Nullable String note) {}

  record Answer(String version, String advice, List<Rule> rules) {}

  private final InstantSource clock;

  LawController(InstantSource clock) {
    this.clock = clock;
  }

  @GetMapping("/api/law")
  Answer law(CurrentUser user) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new Answer(
        Law.version(), ADVICE, Law.rows().stream().map(row -> rule(row, today)).toList());
  }

  private static Rule rule(LawRow row, LocalDate today) {
    return new Rule(
        row.id(),
        row.jurisdiction(),
        row.channel().code(),
        row.basis().code(),
        row.provision().kind(),
        row.inWords(),
        row.provision() instanceof Provision.Holidays kept ? kept.in(today.getYear()) : null,
        row.effectiveFrom(),
        row.effectiveUntil(),
        row.isInForce(today),
        row.source(),
        row.note());
  }
}
