package dev.aftertouch.analytics.reporting;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The figures of the caller's business, for every role: as JSON, or as CSV when that is accepted.
 */
@RestController
@RequestMapping("/api/analytics")
class AnalyticsController {
  private static final MediaType CSV = MediaType.valueOf("text/csv");
  private static final int LONGEST = 366;

  private final Tenancy tenancy;
  private final Reports reports;
  private final InstantSource clock;

  AnalyticsController(Tenancy tenancy, Reports reports, InstantSource clock) {
    this.tenancy = tenancy;
    this.reports = reports;
    this.clock = clock;
  }

  /** All campaigns. CSV: the same lines. */
  @GetMapping("/campaigns")
  ResponseEntity<?> campaigns(CurrentUser user, @RequestHeader HttpHeaders headers) {
    Table campaigns = tenancy.asBusiness(user.businessId(), () -> reports.campaigns(null));
    return answer(
        headers, "campaigns", () -> campaigns, () -> Map.of("campaigns", campaigns.rows()));
  }

  /** One campaign. CSV: its touches. */
  @GetMapping("/campaigns/{campaign}")
  ResponseEntity<?> campaign(
      CurrentUser user,
      @PathVariable UUID campaign,
      @RequestParam(defaultValue = "30") int days,
      @RequestHeader HttpHeaders headers) {
    checkDays(days);
    return tenancy.asBusiness(
        user.businessId(),
        () -> {
          Table line = reports.campaigns(campaign);
          if (line.rows().isEmpty()) {
            throw new RefusedException(Problems.notFound("campaign"));
          }
          return answer(
              headers,
              "touches",
              () -> reports.touches(campaign),
              () -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("campaign", line.rows().getFirst());
                document.put("touches", reports.touches(campaign).rows());
                document.put("skip_reasons", reports.skipReasons(campaign).rows());
                document.put("stop_reasons", reports.stopReasons(campaign).rows());
                document.put("refusal_reasons", reports.refusalReasons(campaign).rows());
                document.put("per_day", reports.days(campaign, days, clock.instant()).rows());
                return document;
              });
        });
  }

  /** The whole business. CSV: its days. */
  @GetMapping("/overview")
  ResponseEntity<?> overview(
      CurrentUser user,
      @RequestParam(defaultValue = "30") int days,
      @RequestHeader HttpHeaders headers) {
    checkDays(days);
    return tenancy.asBusiness(
        user.businessId(),
        () ->
            answer(
                headers,
                "days",
                () -> reports.days(null, days, clock.instant()),
                () -> {
                  Map<String, Object> document = new LinkedHashMap<>();
                  document.put("totals", reports.totals().rows().getFirst());
                  document.put("stop_reasons", reports.stopReasons(null).rows());
                  document.put("refusal_reasons", reports.refusalReasons(null).rows());
                  document.put("per_day", reports.days(null, days, clock.instant()).rows());
                  return document;
                }));
  }

  private static void checkDays(int days) {
    if (days < 1 || days > LONGEST) {
      throw new RefusedException(
          Problems.invalid(
              List.of(
                  new FieldError("days", "out_of_range", "Ask for 1 to " + LONGEST + " days."))));
    }
  }

  private static ResponseEntity<?> answer(
      HttpHeaders headers, String name, Supplier<Table> table, Supplier<Map<String, ?>> document) {
    return wantsCsv(headers.getAccept())
        ? ResponseEntity.ok()
            .contentType(CSV)
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name + ".csv").build().toString())
            .body(Csv.of(table.get()))
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.get());
  }

  /** CSV is never what "anything" means. */
  private static boolean wantsCsv(List<MediaType> accepted) {
    return accepted.stream().anyMatch(type -> type.equalsTypeAndSubtype(CSV))
        && accepted.stream()
            .noneMatch(type -> type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON));
  }
}
