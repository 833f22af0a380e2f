package dev.aftertouch.dispatch.suppressing;

import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.definition.Purpose;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.StopCustomer;
import dev.aftertouch.facts.StopEnrollment;
import dev.aftertouch.facts.Topics;
import dev.aftertouch.service.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes a stop where the gate sees it and asks enrollment-service to end the sequences, both in
 * the caller's transaction. The caller passes the {@link StopBarrier} after its commit and before
 * it acknowledges.
 */
public final class RecordStops {
  /**
   * What led to a stop.
   *
   * @param id of the event; a repeat has the same
   * @param source in a word, such as resend or unsubscribe_page
   * @param evidence what else shows it, for the consent ledger; no address and no name
   */
  public record Cause(String id, String source, Instant at, Map<String, String> evidence) {
    public Cause {
      evidence = Map.copyOf(evidence);
    }

    /** Without further evidence. */
    public Cause(String id, String source, Instant at) {
      this(id, source, at, Map.of());
    }

    /** All that the ledger keeps of it. */
    Map<String, String> proof() {
      Map<String, String> proof = new TreeMap<>(evidence);
      proof.put("event", id);
      return proof;
    }
  }

  private final JdbcClient jdbc;
  private final Suppressions suppressions;
  private final StoppedEnrollments stopped;
  private final Outbox outbox;

  RecordStops(
      JdbcClient jdbc, Suppressions suppressions, StoppedEnrollments stopped, Outbox outbox) {
    this.jdbc = jdbc;
    this.suppressions = suppressions;
    this.stopped = stopped;
    this.outbox = outbox;
  }

  /** Ends one enrollment. */
  public void stopEnrollment(
      UUID business, UUID customer, UUID enrollment, StopReason reason, Cause cause) {
    stopped.add(
        List.of(new StoppedEnrollments.Stop(business, enrollment, reason.code(), cause.at())));
    StopEnrollment command = new StopEnrollment(enrollment, reason.code(), evidence(cause));
    command(business, customer, cause, "enrollment/" + enrollment, command);
  }

  /**
   * Suppresses an address for all purposes and ends the sequences of every customer who has it.
   *
   * @param scope null ends all of them; a channel only those that would still use it
   * @return whether it was not suppressed before
   */
  public boolean suppress(
      Address address,
      SuppressionReason why,
      StopReason reason,
      @Nullable Channel scope,
      Cause cause) {
    boolean isNew = suppressions.suppress(address, null, why, cause);
    for (UUID customer : customersOf(address)) {
      stopCustomer(address.business(), customer, reason, scope, cause);
    }
    return isNew;
  }

  /**
   * Lets the gate wait with everything to the number and to the e-mail addresses of its customers,
   * until {@link #release} with the same source. What is suppressed stays so.
   */
  public void hold(Address phone, Cause cause) {
    suppressions.suppress(phone, null, SuppressionReason.IN_REVIEW, cause);
    jdbc.sql(
            """
            SELECT DISTINCT email FROM recipients
            WHERE business_id = :business AND phone = :phone AND email IS NOT NULL ORDER BY 1
            """)
        .param("business", phone.business())
        .param("phone", phone.value())
        .query(String.class)
        .list()
        .forEach(
            email ->
                suppressions.suppress(
                    Address.email(phone.business(), email),
                    null,
                    SuppressionReason.IN_REVIEW,
                    cause));
  }

  /** Waits for others who hold, release or suppress an address of the business. */
  public void lock(UUID business) {
    suppressions.lock(business);
  }

  /** Makes the hold of a number, of which only the key may be left, an opt-out for good. */
  public void optOut(UUID business, byte[] key, Cause cause) {
    suppressions.optOut(business, key, cause);
  }

  /** Ends the holds of that source. */
  public void release(UUID business, String source, Cause cause) {
    suppressions.release(business, source, cause);
  }

  /** Lets the gate wait with an enrollment until that hit is judged. */
  public void holdEnrollment(UUID business, UUID enrollment, UUID hit) {
    stopped.hold(business, enrollment, hit);
  }

  /** Ends what {@link #holdEnrollment} began. */
  public void releaseEnrollment(UUID business, UUID enrollment, UUID hit) {
    stopped.release(business, enrollment, hit);
  }

  /**
   * Ends the sequences of one customer. Without a scope the gate refuses all enrollments that it
   * has heard of at once; those that it has not are ended by enrollment-service.
   */
  public void stopCustomer(
      UUID business, UUID customer, StopReason reason, @Nullable Channel scope, Cause cause) {
    if (scope == null) {
      stopped.addAllOf(business, customer, reason.code(), cause.at());
    }
    StopCustomer command = new StopCustomer(customer, facts(scope), reason.code(), evidence(cause));
    command(business, customer, cause, "customer/" + customer, command);
  }

  /**
   * Suppresses an address for one purpose and ends those sequences of its customers that are for
   * it, as far as the gate has heard of them; at all others the gate skips what is for it.
   */
  public void suppressPurpose(
      Address address, Purpose purpose, SuppressionReason why, StopReason reason, Cause cause) {
    suppressions.suppress(address, purpose, why, cause);
    for (UUID customer : customersOf(address)) {
      for (UUID enrollment : stopped.enrollments(address.business(), customer, purpose)) {
        stopEnrollment(address.business(), customer, enrollment, reason, cause);
      }
    }
  }

  /**
   * Reopens an address for everything, by its recipient's own word. Sequences that ended stay
   * ended.
   */
  public boolean lift(Address address, Cause cause) {
    return suppressions.lift(address, SuppressionReason::isLiftedByRecipient, cause);
  }

  /** Takes back what was stopped for one purpose; null what was stopped for all of them. */
  public boolean undo(Address address, @Nullable Purpose scope, Cause cause) {
    return suppressions.liftOnly(address, scope, SuppressionReason::isLiftedByRecipient, cause);
  }

  /**
   * Reopens an address on its recipient's word to staff.
   *
   * @param purpose null reopens it for everything
   */
  public boolean liftByStaff(Address address, @Nullable Purpose purpose, Cause cause) {
    return purpose == null
        ? suppressions.lift(address, SuppressionReason::isLiftedByStaff, cause)
        : suppressions.liftOnly(address, purpose, SuppressionReason::isLiftedByStaff, cause);
  }

  /** Customers of the business with that address. */
  public List<UUID> customersOf(Address address) {
    String sql =
        switch (address.channel()) {
          case EMAIL ->
              "SELECT customer_id FROM recipients WHERE business_id = :business AND email = :address ORDER BY 1";
          case SMS ->
              "SELECT customer_id FROM recipients WHERE business_id = :business AND phone = :address ORDER BY 1";
        };
    return jdbc.sql(sql)
        .param("business", address.business())
        .param("address", address.value())
        .query(UUID.class)
        .list();
  }

  private void command(UUID business, UUID customer, Cause cause, String about, Object command) {
    UUID id =
        UUID.nameUUIDFromBytes(
            (business + "\n" + cause.source() + "\n" + cause.id() + "\n" + about)
                .getBytes(StandardCharsets.UTF_8));
    outbox.add(
        business,
        Topics.ENROLLMENT_COMMANDS,
        customer.toString(),
        new EnrollmentCommand(id, business, cause.at(), command));
  }

  private static Map<String, String> evidence(Cause cause) {
    return Map.of("source", cause.source(), "event", cause.id());
  }

  private static dev.aftertouch.facts.@Nullable Channel facts(@Nullable Channel channel) {
    return switch (channel) {
      case null -> null;
      case EMAIL -> dev.aftertouch.facts.Channel.EMAIL;
      case SMS -> dev.aftertouch.facts.Channel.SMS;
    };
  }
}
