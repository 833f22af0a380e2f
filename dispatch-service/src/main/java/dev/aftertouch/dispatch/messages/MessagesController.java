package dev.aftertouch.dispatch.messages;

import dev.aftertouch.service.access.CurrentUser;
import dev.aftertouch.service.access.Role;
import dev.aftertouch.service.problems.Problems;
import dev.aftertouch.service.problems.RefusedException;
import dev.aftertouch.service.tenancy.Tenancy;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The send log. Analysts see neither addresses nor contents. */
@RestController
@RequestMapping("/api/messages")
final class MessagesController {
  private static final int LONGEST_PAGE = 200;

  record Page(List<SendLog.Entry> messages, int limit, int offset) {}

  record Detail(
      SendLog.Entry message,
      JsonNode evidence,
      @Nullable String payloadHash,
      @Nullable String payload) {}

  private final Tenancy tenancy;
  private final SendLog log;
  private final JsonMapper json;

  MessagesController(Tenancy tenancy, SendLog log, JsonMapper json) {
    this.tenancy = tenancy;
    this.log = log;
    this.json = json;
  }

  @GetMapping
  Page list(
      CurrentUser user,
      @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaign,
      @RequestParam(name = "enrollment_id", required = false) @Nullable UUID enrollment,
      @RequestParam(name = "customer_id", required = false) @Nullable UUID customer,
      @RequestParam(required = false) @Nullable String channel,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "0") int offset) {
    SendLog.Filter filter = new SendLog.Filter(campaign, enrollment, customer, channel, state);
    int size = Math.clamp(limit, 1, LONGEST_PAGE);
    int from = Math.max(0, offset);
    List<SendLog.Entry> page =
        tenancy.asBusiness(
            user.businessId(), () -> log.page(user.businessId(), filter, size, from));
    return new Page(page.stream().map(entry -> visible(user, entry)).toList(), size, from);
  }

  @GetMapping("/{id}")
  Detail get(CurrentUser user, @PathVariable UUID id) {
    SendLog.Detail detail =
        tenancy
            .asBusiness(user.businessId(), () -> log.find(user.businessId(), id))
            .orElseThrow(() -> new RefusedException(Problems.notFound("message")));
    return new Detail(
        visible(user, detail.message()),
        json.readTree(detail.evidence()),
        detail.payloadHash(),
        user.role() == Role.ANALYST ? null : detail.payload());
  }

  private static SendLog.Entry visible(CurrentUser user, SendLog.Entry e) {
    return user.role() != Role.ANALYST
        ? e
        : new SendLog.Entry(
            e.id(),
            e.campaignId(),
            e.enrollmentId(),
            e.customerId(),
            e.stepId(),
            e.number(),
            e.channel(),
            e.round(),
            e.state(),
            e.reason(),
            e.scheduledAt(),
            e.dueAt(),
            e.decidedAt(),
            e.heldUntil(),
            e.provider(),
            e.providerMessageId(),
            e.providerCode(),
            e.segments(),
            null);
  }
}
