package dev.aftertouch.local.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Calls every endpoint of a service as one business with the ids of another. The endpoints are read
 * from the service itself: one that has no probe is a fault, so none can be forgotten. Victim and
 * intruder take turns, one request at a time, so that each gets the pooled connection that the
 * other has just used. All of the victim's rows are compared before and after; and at the end the
 * victim sends the very requests itself, since one that nobody may send proves nothing.
 */
public final class EndpointIsolation {
  private static final int ROUNDS = 3;
  private static final int NOT_FOUND = 404;

  /** What the intruder may be answered. */
  private enum Expected {
    /** 404: the path names what is the victim's. */
    NOT_FOUND,
    /** 4xx: the body does. */
    REFUSED,
    /** Anything that holds nothing of the victim's. */
    NOTHING_OF_THE_VICTIMS,
    /** The same, once and last of all: it ends the caller's own business. */
    LAST
  }

  /**
   * One request.
   *
   * @param endpoint method and pattern as the service maps them
   */
  public record Probe(
      String endpoint, String path, Expected expected, String type, @Nullable String body) {
    private Probe(String endpoint, String path, Expected expected) {
      this(endpoint, path, expected, "application/json", null);
    }

    /** A request whose path names something of the victim's in place of the pattern's variables. */
    public static Probe naming(String endpoint, Object... ids) {
      String path = pattern(endpoint);
      for (Object id : ids) {
        path = path.replaceFirst("\\{[^}]+}", id.toString());
      }
      return new Probe(endpoint, path, Expected.NOT_FOUND);
    }

    /** A request for what is the caller's own, such as a list, perhaps with a query. */
    public static Probe listing(String endpoint, String query) {
      return new Probe(endpoint, pattern(endpoint) + query, Expected.NOTHING_OF_THE_VICTIMS);
    }

    /** The same with that path; it names nothing of the victim's. */
    public static Probe at(String endpoint, String path) {
      return new Probe(endpoint, path, Expected.NOTHING_OF_THE_VICTIMS);
    }

    /** The same request with a query. */
    public Probe query(String query) {
      return new Probe(endpoint, path + query, expected, type, body);
    }

    /** The same request with a body. */
    public Probe with(String json) {
      return new Probe(endpoint, path, expected, "application/json", json);
    }

    /** The same request with a body of that type. */
    public Probe with(String mediaType, String text) {
      return new Probe(endpoint, path, expected, mediaType, text);
    }

    /** The same request, which must be refused, since its body names what is the victim's. */
    public Probe refused() {
      return new Probe(endpoint, path, Expected.REFUSED, type, body);
    }

    /** The same request, sent once and after all others. */
    public Probe last() {
      return new Probe(endpoint, path, Expected.LAST, type, body);
    }

    private boolean reads() {
      return endpoint.startsWith("GET ");
    }

    private static String pattern(String endpoint) {
      return endpoint.substring(endpoint.indexOf(' ') + 1);
    }
  }

  private final String url;
  private final RowLevelSecurity rows;
  private final UUID victim;
  private final UUID intruder;
  private final List<String> marks;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> breaches = new ArrayList<>();

  /**
   * @param url where the service listens
   * @param marks ids and words that only the victim's answers may hold
   */
  public EndpointIsolation(
      String url, RowLevelSecurity rows, UUID victim, UUID intruder, List<String> marks) {
    this.url = url;
    this.rows = rows;
    this.victim = victim;
    this.intruder = intruder;
    this.marks = marks;
  }

  /** Method and pattern of each endpoint of our own that the service maps. */
  public static Set<String> endpoints(RequestMappingHandlerMapping mappings) {
    Set<String> endpoints = new TreeSet<>();
    mappings
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              if (handler.getBeanType().getName().startsWith("dev.aftertouch.")) {
                for (String pattern : info.getPatternValues()) {
                  info.getMethodsCondition()
                      .getMethods()
                      .forEach(method -> endpoints.add(method + " " + pattern));
                }
              }
            });
    return endpoints;
  }

  /**
   * What the intruder could do, in words; empty when nothing.
   *
   * @param open endpoints that ask for no business, such as webhooks and the customers' pages
   */
  public List<String> breaches(
      Set<String> endpoints, Set<String> open, List<Probe> probes, long seed) throws SQLException {
    complete(endpoints, open, probes);
    Map<String, List<String>> before = rows.dump(victim);
    Random random = new Random(seed);
    List<Probe> readings = probes.stream().filter(Probe::reads).toList();
    for (int round = 0; round < ROUNDS; round++) {
      List<Probe> shuffled =
          new ArrayList<>(
              probes.stream().filter(probe -> probe.expected() != Expected.LAST).toList());
      Collections.shuffle(shuffled, random);
      for (Probe probe : shuffled) {
        intrude(probe);
        read(readings.get(random.nextInt(readings.size())));
      }
    }
    probes.stream().filter(probe -> probe.expected() == Expected.LAST).forEach(this::intrude);
    Map<String, List<String>> after = rows.dump(victim);
    before.forEach(
        (table, rowsBefore) -> {
          if (!rowsBefore.equals(after.get(table))) {
            breaches.add(table + ": the victim's rows changed");
          }
        });
    readings.forEach(this::read);
    probes.stream().filter(probe -> !probe.reads()).forEach(this::carryOut);
    return breaches.stream().distinct().toList();
  }

  private void complete(Set<String> endpoints, Set<String> open, List<Probe> probes) {
    Set<String> probed = probes.stream().map(Probe::endpoint).collect(Collectors.toSet());
    for (String endpoint : endpoints) {
      if (!probed.contains(endpoint) && !open.contains(endpoint)) {
        breaches.add(endpoint + ": nobody tries it; add a probe, or say that it is open to all");
      }
    }
    for (String named : probed) {
      if (!endpoints.contains(named)) {
        breaches.add(named + ": is probed but does not exist");
      }
    }
    for (String named : open) {
      if (!endpoints.contains(named)) {
        breaches.add(named + ": is said to be open but does not exist");
      }
    }
  }

  private void intrude(Probe probe) {
    HttpResponse<String> answer = send(probe, intruder);
    int status = answer.statusCode();
    boolean isExpected =
        switch (probe.expected()) {
          case NOT_FOUND -> status == NOT_FOUND;
          case REFUSED -> status / 100 == 4;
          case NOTHING_OF_THE_VICTIMS, LAST -> status < 500;
        };
    if (!isExpected) {
      breaches.add(told(probe, "answers the intruder with", answer));
    }
    for (String mark : marks) {
      boolean asked = probe.path().contains(mark) || String.valueOf(probe.body()).contains(mark);
      if (!asked && answer.body().contains(mark)) {
        breaches.add(probe.endpoint() + " tells the intruder of " + mark);
      }
    }
  }

  private void read(Probe probe) {
    HttpResponse<String> answer = send(probe, victim);
    if (answer.statusCode() / 100 != 2) {
      breaches.add(told(probe, "answers the victim itself with", answer));
    }
  }

  private void carryOut(Probe probe) {
    HttpResponse<String> answer = send(probe, victim);
    if (answer.statusCode() / 100 != 2) {
      breaches.add(told(probe, "proves nothing, it answers the victim itself with", answer));
    }
  }

  private static String told(Probe probe, String what, HttpResponse<String> answer) {
    return "%s (%s) %s %d: %s"
        .formatted(probe.endpoint(), probe.path(), what, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> send(Probe probe, UUID business) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + probe.path()))
            .header("Authorization", "Bearer " + TestIdentity.shared().token(business, "owner"))
            .method(
                probe.endpoint().substring(0, probe.endpoint().indexOf(' ')),
                probe.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(probe.body()));
    if (probe.body() != null) {
      request.header("Content-Type", probe.type());
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
