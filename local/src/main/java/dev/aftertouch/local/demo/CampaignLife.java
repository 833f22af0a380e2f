package dev.aftertouch.local.demo;

import dev.aftertouch.local.ClockFile;
import dev.aftertouch.local.process.Pause;
import dev.aftertouch.local.process.Trouble;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays the demo: imports the jobs, runs the clock fast, lets the customers act, tells what happens
 * and ends with a table. The clock's speed is set back whatever happens, Ctrl-C included.
 */
public final class CampaignLife {
  private static final LocalTime AFTERNOON = LocalTime.of(15, 46);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final double REAL_SECONDS_WORTH_SKIPPING = 4;
  private static final double SPEED_OF_SENDING = 600;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int BOOKING_AGAIN = 2;

  private final Stage stage;
  private final Api api;
  private final ClockFile clock;
  private final Business business;
  private final Terminal terminal;

  /** Where and how it is played. The sandbox and the gateway are base URLs. */
  public record Stage(
      String gateway,
      String sandbox,
      Supplier<String> signIn,
      ClockFile clock,
      String jobs,
      double speed,
      int days,
      PrintWriter out,
      boolean coloured) {}

  private CampaignLife(Stage stage, Api api) {
    this.stage = stage;
    this.api = api;
    this.clock = stage.clock();
    this.business = Business.read(api.get("/api/business"));
    this.terminal = new Terminal(stage.out(), stage.coloured(), business.zone());
  }

  /** Plays once. */
  public static void play(Stage stage) {
    Thread slowDown =
        new Thread(
            () -> {
              stage.clock().setSpeed(1);
              stage.out().println("Broken off; the clock runs at real speed again.");
            });
    Runtime.getRuntime().addShutdownHook(slowDown);
    try (Api api = new Api(stage.gateway(), stage.sandbox(), stage.signIn())) {
      new CampaignLife(stage, api).play();
    } finally {
      stage.clock().setSpeed(1);
      Runtime.getRuntime().removeShutdownHook(slowDown);
    }
  }

  private void play() {
    long begin = System.nanoTime();
    JsonNode campaign = new OpeningScene(api, terminal, business).show();
    toTheAfternoon();
    Instant from = clock.now();
    String run = "r" + Long.toString(from.getEpochSecond() / 60, 36);
    DemoJobs jobs = DemoJobs.prepare(stage.jobs(), run, from, business.zone());
    new Importing(api, terminal).show(jobs.csv());
    Tally tally = new Tally();
    live(run, jobs, from, tally);
    clock.setSpeed(1);
    new ClosingTable(api, terminal)
        .show(tally, campaign.path("id").asString(), begin, from, clock.now());
    terminal.say(
        """

        Look on: every e-mail and text in the inbox at %s, the figures with
        curl -H "Authorization: Bearer $(./aftertouch token owner@demo.example)" %s/api/analytics/campaigns/%s
        The clock runs at real speed again; ./aftertouch status shows it, ./aftertouch demo plays once more."""
            .formatted(stage.sandbox(), stage.gateway(), campaign.path("id").asString()));
  }

  /** Jobs end in the afternoon, so the clock goes on to the next one. */
  private void toTheAfternoon() {
    ZonedDateTime now = clock.now().atZone(business.zone());
    ZonedDateTime today = now.with(AFTERNOON);
    Instant start = (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    clock.jumpTo(start);
    terminal.say(
        "The clock goes on to the next afternoon: %s in %s."
            .formatted(business.time(start), business.zone()));
  }

  private void live(String run, DemoJobs jobs, Instant from, Tally tally) {
    Watching watching = new Watching(api, business, run, jobs.people(), tally);
    Customers customers = new Customers(api, watching::isStopped);
    terminal.heading(
        "The clock runs %,.0f times as fast; times are those of %s"
            .formatted(stage.speed(), business.zone()));
    settle(watching, customers);
    clock.setSpeed(stage.speed());
    Instant bookingAgain = from.plus(Duration.ofHours(50));
    boolean booked = false;
    Instant end = from.plus(Duration.ofDays(stage.days()));
    while (clock.now().isBefore(end)) {
      List<Happening> news = new ArrayList<>(watching.look(customers::receive));
      news.addAll(customers.act(clock.now()));
      if (!booked && clock.now().isAfter(bookingAgain)) {
        news.addAll(bookAgain(watching));
        booked = true;
      }
      terminal.tell(news);
      if (watching.standing().active() == 0 && customers.next() == null) {
        return;
      }
      skip(watching.standing(), customers.next());
      pace(watching.standing());
      Pause.until(LOOK_EVERY, () -> false);
    }
  }

  /** Waits until all jobs have led to an enrollment or a refusal, as far as one can tell. */
  private void settle(Watching watching, Customers customers) {
    boolean enrolled =
        Pause.until(
            Duration.ofSeconds(20),
            () -> {
              terminal.tell(watching.look(customers::receive));
              return watching.standing().active() > 0;
            });
    if (!enrolled) {
      throw new Trouble(
          "No job led to an enrollment within 20 seconds: see ./aftertouch logs enrollment.");
    }
    Pause.until(Duration.ofSeconds(2), () -> false);
    terminal.tell(watching.look(customers::receive));
  }

  /** Goes on to shortly before the next thing that is due, when that takes long. */
  private void skip(Watching.Standing standing, @Nullable Instant nextAction) {
    Instant due = standing.nextDue();
    if (standing.busy() || due == null) {
      return;
    }
    Instant next = nextAction != null && nextAction.isBefore(due) ? nextAction : due;
    Instant now = clock.now();
    Duration quiet = Duration.between(now, next);
    long worth = Math.round(REAL_SECONDS_WORTH_SKIPPING * stage.speed());
    if (quiet.toSeconds() > worth) {
      Instant then = next.minusSeconds(Math.round(stage.speed() / 2));
      clock.jumpTo(then);
      terminal.aside(
          "        · · ·  nothing is due for " + Duration.between(now, then).toHours() + " hours");
    }
  }

  /**
   * While touches are in the gate or on their way to a provider the clock takes its time: an hour
   * that passes between the decision and the call would carry them into the night.
   */
  private void pace(Watching.Standing standing) {
    Instant now = clock.now();
    Instant soon = now.plusMillis(Math.round(2 * LOOK_EVERY.toMillis() * stage.speed()));
    Instant due = standing.nextDue();
    if (!standing.busy() && (due == null || due.isAfter(soon))) {
      clock.setSpeed(stage.speed());
      return;
    }
    clock.setSpeed(Math.min(stage.speed(), SPEED_OF_SENDING));
    if (!standing.busy() && due != null && due.isAfter(now.plus(MINUTE))) {
      clock.jumpTo(due);
    }
  }

  private List<Happening> bookAgain(Watching watching) {
    Instant now = clock.now();
    List<Happening> told = new ArrayList<>();
    for (Person person : watching.followedUp(BOOKING_AGAIN)) {
      String jobId = "again-" + person.id();
      watching.expect(jobId, person);
      api.post(
          "/api/jobs",
          Map.of(
              "job_id", jobId,
              "service_type", person.serviceType(),
              "completed_at", now.minus(Duration.ofMinutes(5)).toString(),
              "customer", Map.of("external_id", person.id())));
      told.add(
          new Happening(
              now, Verb.CUSTOMER, "books again", person.shown(), "a second job is finished"));
    }
    return told;
  }
}
