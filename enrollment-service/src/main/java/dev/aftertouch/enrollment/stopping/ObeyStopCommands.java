package dev.aftertouch.enrollment.stopping;

import dev.aftertouch.engine.definition.CampaignDefinition;
import dev.aftertouch.engine.journey.StopReason;
import dev.aftertouch.enrollment.announcing.Announcements;
import dev.aftertouch.enrollment.directory.Definition;
import dev.aftertouch.enrollment.directory.Directory;
import dev.aftertouch.enrollment.directory.FollowedVersion;
import dev.aftertouch.enrollment.paths.EnrollmentKey;
import dev.aftertouch.enrollment.paths.Path;
import dev.aftertouch.enrollment.stopping.ActiveEnrollments.CustomerRef;
import dev.aftertouch.facts.Channel;
import dev.aftertouch.facts.EnrollmentCommand;
import dev.aftertouch.facts.StopCustomer;
import dev.aftertouch.facts.StopEnrollment;
import dev.aftertouch.service.kafka.Publisher;
import dev.aftertouch.service.tenancy.Tenancy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Obeys topic enrollment-commands: one transaction for the batch, published before its commit. */
@Service
class ObeyStopCommands {
  private final Tenancy tenancy;
  private final ActiveEnrollments enrollments;
  private final Directory directory;
  private final StopEnrollments stopEnrollments;
  private final Publisher publisher;
  private final InstantSource clock;

  ObeyStopCommands(
      Tenancy tenancy,
      ActiveEnrollments enrollments,
      Directory directory,
      StopEnrollments stopEnrollments,
      Publisher publisher,
      InstantSource clock) {
    this.tenancy = tenancy;
    this.enrollments = enrollments;
    this.directory = directory;
    this.stopEnrollments = stopEnrollments;
    this.publisher = publisher;
    this.clock = clock;
  }

  void obey(List<EnrollmentCommand> commands) {
    Instant now = clock.instant();
    tenancy.asWorker(() -> publisher.publishAndAwait(stopEnrollments.stop(orders(commands), now)));
  }

  private List<StopOrder> orders(List<EnrollmentCommand> commands) {
    List<StopOrder> orders = new ArrayList<>();
    Map<CustomerRef, List<StopCustomer>> customers = new LinkedHashMap<>();
    for (EnrollmentCommand command : commands) {
      switch (command.getCommand()) {
        case StopEnrollment stop ->
            orders.add(
                new StopOrder(
                    new EnrollmentKey(command.getBusinessId(), stop.getEnrollmentId()),
                    reason(stop.getReason()),
                    null));
        case StopCustomer stop ->
            customers
                .computeIfAbsent(
                    new CustomerRef(command.getBusinessId(), stop.getCustomerId()),
                    ignored -> new ArrayList<>())
                .add(stop);
        default -> throw new IllegalArgumentException("Unknown command " + command.getCommandId());
      }
    }
    if (!customers.isEmpty()) {
      orders.addAll(ordersOfCustomers(customers));
    }
    return orders;
  }

  private List<StopOrder> ordersOfCustomers(Map<CustomerRef, List<StopCustomer>> customers) {
    List<Path> active = enrollments.ofCustomers(customers.keySet());
    Map<FollowedVersion, Definition> definitions =
        directory.followed(active.stream().map(Path::followed).distinct().toList());
    List<StopOrder> orders = new ArrayList<>();
    for (Path path : active) {
      CustomerRef customer = new CustomerRef(path.key().businessId(), path.customerId());
      Definition definition = definitions.get(path.followed());
      for (StopCustomer stop : customers.getOrDefault(customer, List.of())) {
        if (definition != null && concerns(stop, definition.campaign(), path)) {
          orders.add(new StopOrder(path.key(), reason(stop.getReason()), null));
        }
      }
    }
    return orders;
  }

  /**
   * Whether the enrollment still would use the channel; without a channel every enrollment is
   * meant.
   */
  private static boolean concerns(StopCustomer stop, CampaignDefinition definition, Path path) {
    Channel channel = stop.getChannel();
    return channel == null
        || RemainingTouches.of(definition, path.stepId()).stream()
            .anyMatch(touch -> Announcements.symbol(touch.channel()) == channel);
  }

  private static StopReason reason(String code) {
    return StopReason.of(code)
        .orElseThrow(() -> new IllegalArgumentException("Unknown stop reason " + code));
  }
}
