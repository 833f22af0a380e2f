package dev.aftertouch.dispatch.forecasting;

import dev.aftertouch.dispatch.forecasting.HeldTouches.Held;
import dev.aftertouch.dispatch.replicas.Businesses;
import dev.aftertouch.dispatch.replicas.Businesses.Business;
import dev.aftertouch.engine.definition.Channel;
import dev.aftertouch.engine.gate.Forecast;
import dev.aftertouch.engine.gate.GatePolicy;
import dev.aftertouch.engine.gate.Pacing;
import dev.aftertouch.engine.law.Statutes;
import dev.aftertouch.engine.time.NextAllowed;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the engine when the held touches of a business will have left. */
final class ForecastTouches {
  /**
   * One channel.
   *
   * @param limitPerHour most touches of the business in any 60 minutes
   * @param heldOtherwise touches that wait for something else than a slot
   */
  record Line(Channel channel, int limitPerHour, Forecast forecast, int heldOtherwise) {}

  private final Tenancy tenancy;
  private final Businesses businesses;
  private final HeldTouches touches;
  private final Duration slotGrace;

  ForecastTouches(Tenancy tenancy, Businesses businesses, HeldTouches touches, Duration slotGrace) {
    this.tenancy = tenancy;
    this.businesses = businesses;
    this.touches = touches;
    this.slotGrace = slotGrace;
  }

  /**
   * A line for each channel; empty for a business that is not known here. What has lost its slot is
   * reckoned as if its recipients were in the business's zone and in the state of its number.
   */
  Optional<List<Line>> of(UUID business, @Nullable UUID campaign, Instant now) {
    return tenancy.asBusiness(
        business,
        () ->
            Optional.ofNullable(businesses.find(List.of(business)).businesses().get(business))
                .map(known -> lines(known, campaign, now)));
  }

  private List<Line> lines(Business business, @Nullable UUID campaign, Instant now) {
    GatePolicy policy = GatePolicy.of(business.settings(), null).withSlotGrace(slotGrace);
    List<ZoneId> zones = List.of(ZoneId.of(business.settings().timeZone()));
    Map<Channel, Held> held =
        touches.byChannel(
            business.id(),
            campaign,
            now.minus(policy.slotGrace()),
            now.minus(policy.maximumLateness()));
    Map<Channel, Pacing> ledgers = touches.ledgers(business.id());
    List<Line> lines = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      Held waiting = held.getOrDefault(channel, Held.NOTHING);
      int limit = policy.limit(channel);
      Statutes law = Statutes.of(channel, null, business.settings().sender().phone());
      Function<Instant, @Nullable Instant> nextAllowed =
          from ->
              policy.times().next(from, zones, law) instanceof NextAllowed.At at
                  ? at.instant()
                  : null;
      Pacing ledger = ledgers.getOrDefault(channel, new Pacing());
      lines.add(
          new Line(
              channel,
              limit,
              Forecast.of(ledger, limit, waiting.waiting(), nextAllowed, now),
              waiting.heldOtherwise()));
    }
    return lines;
  }
}
