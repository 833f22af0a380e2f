package dev.aftertouch.dispatch.consenting;

import static dev.aftertouch.dispatch.suppressing.GivenAddress.invalid;

import dev.aftertouch.dispatch.consenting.GrantConsent.Grant;
import dev.aftertouch.dispatch.consenting.GrantConsent.Granted;
import dev.aftertouch.dispatch.consenting.ReadConsent.History;
import dev.aftertouch.dispatch.suppressing.Address;
import dev.aftertouch.dispatch.suppressing.GivenAddress;
import dev.aftertouch.engine.consent.ConsentChain.Head;
import dev.aftertouch.engine.consent.ConsentChain.Verdict;
import dev.aftertouch.engine.consent.ConsentEntry;
import dev.aftertouch.engine.consent.ConsentFact;
import dev.aftertouch.engine.consent.ConsentWords;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The proof of consent: what a recipient allowed and forbade, when, by which way, and that nobody
 * changed the record since.
 */
@RestController
@RequestMapping("/api/consent")
class ConsentController {
  private static final int LONGEST_SOURCE = 100;
  private static final String SOME_ADDRESS = "[0-9a-fA-F:.]{2,45}";

  record Histories(List<AddressHistory> addresses) {}

  record AddressHistory(
      String channel,
      String address,
      String addressKey,
      List<Against> against,
      List<Line> entries) {}

  /** What stands against sending now. */
  record Against(String purpose, String reason) {}

  record Line(
      long number,
      Instant at,
      @Nullable String what,
      String addressKey,
      String channel,
      String purpose,
      String kind,
      String basis,
      String source,
      Map<String, String> evidence,
      @Nullable Instant expiresAt,
      String previousHash,
      String hash) {}

  record Granting(
      @Nullable String channel,
      @Nullable String address,
      @Nullable String purpose,
      @Nullable String kind,
      @Nullable String source,
      @Nullable String wordingVersion,
      @Nullable String ip,
      @Nullable Instant grantedAt,
      @Nullable Instant expiresAt) {}

  /** The entry, and what stands against sending all the same. */
  record Answer(Line entry, @Nullable String stillAgainst) {}

  record Verification(
      boolean intact, @Nullable Long entries, @Nullable Long firstBroken, String detail) {}

  /** First line of an export: what the ledger ended with. Kept elsewhere, it shows a rewrite. */
  record ExportHead(UUID businessId, long entries, String hash) {}

  private final ReadConsent consent;
  private final GrantConsent grants;
  private final JsonMapper json;
  private final InstantSource clock;

  ConsentController(
      ReadConsent consent, GrantConsent grants, JsonMapper json, InstantSource clock) {
    this.consent = consent;
    this.grants = grants;
    this.json = json;
    this.clock = clock;
  }

  @GetMapping
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  Histories history(
      CurrentUser user,
      @RequestParam(required = false) @Nullable String address,
      @RequestParam(required = false) @Nullable UUID customer,
      @RequestParam(required = false) @Nullable String channel) {
    return new Histories(
        asked(user.businessId(), address, customer, channel).stream()
            .map(consent::of)
            .map(ConsentController::told)
            .toList());
  }

  private List<Address> asked(
      UUID business, @Nullable String address, @Nullable UUID customer, @Nullable String channel) {
    if (customer != null) {
      return consent
          .addressesOf(business, customer)
          .orElseThrow(() -> new RefusedException(Problems.notFound("customer")))
          .stream()
          .filter(found -> channel == null || found.channel().code().equals(channel))
          .toList();
    }
    if (address == null) {
      throw invalid("address", "missing", "Name an address, or a customer.");
    }
    // A plus sign that was not encoded arrives as a space.
    String given = address.startsWith(" ") ? "+" + address.strip() : address;
    String meant = channel == null ? (given.contains("@") ? "email" : "sms") : channel;
    return List.of(GivenAddress.read(business, meant, given));
  }

  private static AddressHistory told(History history) {
    return new AddressHistory(
        history.address().channel().code(),
        history.address().value(),
        history.key(),
        history.standing().bars().stream()
            .map(bar -> new Against(ConsentFact.scope(bar.purpose()), bar.reason()))
            .toList(),
        history.entries().stream()
            .map(entry -> line(entry, ConsentWords.sentence(entry.fact())))
            .toList());
  }

  private static Line line(ConsentEntry entry, @Nullable String what) {
    ConsentFact fact = entry.fact();
    return new Line(
        entry.number(),
        fact.at(),
        what,
        fact.addressKey(),
        fact.channel().code(),
        fact.scope(),
        fact.kind().code(),
        fact.basis(),
        fact.source(),
        fact.evidence(),
        fact.expiresAt(),
        entry.previousHash(),
        entry.hash());
  }

  @PostMapping
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  @ResponseStatus(HttpStatus.CREATED)
  Answer grant(CurrentUser user, @RequestBody Granting granting) {
    Granted granted = grants.grant(read(user, granting, clock.instant()));
    return new Answer(
        line(granted.entry(), ConsentWords.sentence(granted.entry().fact())), granted.against());
  }

  private static Grant read(CurrentUser user, Granting granting, Instant now) {
    Address address = GivenAddress.read(user.businessId(), granting.channel(), granting.address());
    String kind = granting.kind();
    if (kind == null || !List.of("express", "implied").contains(kind)) {
      throw invalid("kind", "unknown_kind", "The kind must be express or implied.");
    }
    String source = text("source", granting.source());
    if (source == null) {
      throw invalid("source", "missing", "Say where the consent comes from, such as web_form.");
    }
    Instant at = granting.grantedAt() == null ? now : granting.grantedAt();
    if (at.isAfter(now)) {
      throw invalid("granted_at", "in_the_future", "granted_at cannot be in the future.");
    }
    Instant expires = granting.expiresAt();
    if (expires != null && !expires.isAfter(at)) {
      throw invalid("expires_at", "not_later", "expires_at must be later than granted_at.");
    }
    return new Grant(
        address,
        GivenAddress.purpose(granting.purpose()),
        kind,
        source,
        at,
        expires,
        evidence(user, granting));
  }

  private static Map<String, String> evidence(CurrentUser user, Granting granting) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("by", user.email());
    String wording = text("wording_version", granting.wordingVersion());
    if (wording != null) {
      evidence.put("wording_version", wording);
    }
    if (granting.ip() != null) {
      if (!granting.ip().matches(SOME_ADDRESS)) {
        throw invalid("ip", "not_an_ip", "Enter an IP address such as 203.0.113.7.");
      }
      evidence.put("ip", granting.ip());
    }
    return evidence;
  }

  private static @Nullable String text(String field, @Nullable String given) {
    String text = given == null ? "" : given.replace('\0', ' ').strip();
    if (text.length() > LONGEST_SOURCE) {
      throw invalid(field, "too_long", field + " has at most 100 characters.");
    }
    return text.isEmpty() ? null : text;
  }

  @GetMapping("/verify")
  Verification verify(CurrentUser user) {
    return switch (consent.verify(user.businessId())) {
      case Verdict.Intact intact ->
          new Verification(
              true,
              intact.entries(),
              null,
              "Every entry is as it was written, and none is missing.");
      case Verdict.Broken broken ->
          new Verification(
              false, null, broken.number(), "Entry " + broken.number() + ": " + broken.why());
    };
  }

  /** JSON lines, the oldest entry first. */
  @GetMapping("/export")
  @PreAuthorize("hasAnyRole('OWNER', 'STAFF')")
  void export(CurrentUser user, HttpServletResponse response) throws IOException {
    Head head = consent.head(user.businessId());
    response.setContentType("application/x-ndjson;charset=UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"consent-ledger.jsonl\"");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      write(out, new ExportHead(user.businessId(), head.number(), head.hash()));
      consent.each(user.businessId(), head.number(), entry -> write(out, line(entry, null)));
    }
  }

  private void write(Writer out, Object line) {
    try {
      out.write(json.writeValueAsString(line));
      out.write('\n');
    } catch (IOException hungUp) {
      throw new UncheckedIOException(hungUp);
    }
  }
}
