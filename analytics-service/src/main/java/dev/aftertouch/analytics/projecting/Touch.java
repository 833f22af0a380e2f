package dev.aftertouch.analytics.projecting;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a touch.
 *
 * @param version null until its plan or an outcome tells
 * @param channel null while it is one that this version does not know
 * @param deferrals how often it was held for later
 * @param skipReason of the earliest skip
 * @param cancelled its enrollment ended before it had an outcome
 * @param moments the earliest time of each
 * @param sending what is told of the earliest time when it was sent; null also when that is
 *     forgotten
 */
record Touch(
    TouchKey key,
    UUID campaignId,
    @Nullable Integer version,
    @Nullable String channel,
    int deferrals,
    @Nullable String skipReason,
    boolean cancelled,
    Map<Moment, Instant> moments,
    @Nullable Sending sending) {

  static Touch planned(TouchKey key, UUID campaign, int version, @Nullable String channel) {
    return new Touch(key, campaign, version, channel, 0, null, false, Map.of(), null);
  }

  /**
   * The row that its plan makes, if this tells of something that happened since; empty when it
   * tells of the plan alone, or does not name all that the plan does.
   */
  Optional<Touch> asPlanned() {
    if (version == null || channel == null) {
      return Optional.empty();
    }
    Touch planned = planned(key, campaignId, version, channel);
    return planned.equals(this) ? Optional.empty() : Optional.of(planned);
  }

  /** Round 0 held makes one deferral. */
  Touch deferredInRound(int round) {
    return new Touch(
        key, campaignId, version, channel, round + 1, skipReason, cancelled, moments, sending);
  }

  Touch at(Moment moment, Instant time) {
    return happened(moment, time, skipReason, sending);
  }

  Touch skipped(String reason, Instant time) {
    return happened(Moment.SKIPPED, time, reason, sending);
  }

  Touch sent(@Nullable Sending sending, Instant time) {
    return happened(Moment.SENT, time, skipReason, sending);
  }

  private Touch happened(
      Moment moment, Instant time, @Nullable String skipReason, @Nullable Sending sending) {
    Map<Moment, Instant> more = new EnumMap<>(Moment.class);
    more.putAll(moments);
    more.put(moment, time);
    return new Touch(
        key, campaignId, version, channel, deferrals, skipReason, cancelled, more, sending);
  }

  /**
   * Both together. An outcome takes a cancellation back: it was under way when its enrollment
   * ended.
   */
  Touch and(Touch other) {
    Map<Moment, Instant> earliest = new EnumMap<>(Moment.class);
    earliest.putAll(moments);
    other.moments.forEach(
        (moment, time) -> earliest.merge(moment, time, (a, b) -> a.isBefore(b) ? a : b));
    return new Touch(
        key,
        campaignId,
        version == null ? other.version : version,
        channel == null ? other.channel : channel,
        Math.max(deferrals, other.deferrals),
        ofEarlier(Moment.SKIPPED, skipReason, other, other.skipReason),
        cancelled && Moment.OUTCOMES.stream().noneMatch(earliest::containsKey),
        earliest,
        ofEarlier(Moment.SENT, sending, other, other.sending));
  }

  /** As it was before its enrollment ended. */
  Touch uncancelled() {
    return new Touch(
        key, campaignId, version, channel, deferrals, skipReason, false, moments, sending);
  }

  /** What the earlier of both tells of that moment; at the same time the lesser. */
  private <V extends Comparable<V>> @Nullable V ofEarlier(
      Moment moment, @Nullable V mine, Touch other, @Nullable V others) {
    Instant time = moments.get(moment);
    Instant othersTime = other.moments.get(moment);
    if (time == null || othersTime == null) {
      return time == null ? others : mine;
    }
    if (!time.equals(othersTime)) {
      return time.isBefore(othersTime) ? mine : others;
    }
    if (mine == null || others == null) {
      return mine == null ? others : mine;
    }
    return mine.compareTo(others) <= 0 ? mine : others;
  }

  private Instant timeOf(Moment moment) {
    return Objects.requireNonNull(moments.get(moment));
  }

  /** How it ended; empty while it has not. */
  Optional<Moment> outcome() {
    return Moment.OUTCOMES.stream().filter(moments::containsKey).findFirst();
  }

  /** Neither ended nor cancelled. */
  boolean isPending() {
    return !cancelled && outcome().isEmpty();
  }

  /** Adds what this row is worth to the counts, {@code sign} times. */
  void contribute(int sign, Counts counts) {
    if (version == null || channel == null) {
      return;
    }
    new Contribution(key.businessId(), campaignId, version, key.number(), channel, sign, counts)
        .of(this);
  }

  private record Contribution(
      UUID businessId,
      UUID campaignId,
      int version,
      int number,
      String channel,
      int sign,
      Counts counts) {

    void of(Touch touch) {
      count("scheduled", "", 1);
      touch
          .outcome()
          .ifPresent(
              outcome -> {
                String reason = outcome == Moment.SKIPPED ? touch.skipReason : null;
                count(outcome.code(), reason == null ? "" : reason, 1);
                if (outcome != Moment.UNKNOWN) {
                  activity(touch, outcome);
                }
              });
      if (touch.cancelled) {
        count("cancelled", "", 1);
      }
      if (touch.deferrals > 0) {
        count("deferred", "", 1);
        count("deferrals", "", touch.deferrals);
      }
      for (Moment engagement : Moment.ENGAGEMENTS) {
        if (touch.moments.containsKey(engagement)) {
          count(engagement.code(), "", 1);
          activity(touch, engagement);
        }
      }
    }

    private void count(String measure, String reason, int amount) {
      counts.add(
          new Counts.OfTouch(businessId, campaignId, version, number, channel, measure, reason),
          sign * amount);
    }

    private void activity(Touch touch, Moment moment) {
      counts.add(
          Counts.Quarter.of(businessId, campaignId, touch.timeOf(moment)),
          Activity.of(moment),
          sign);
    }
  }
}
