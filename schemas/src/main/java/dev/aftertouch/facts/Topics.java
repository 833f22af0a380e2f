package dev.aftertouch.facts;

import java.util.List;
import org.apache.avro.Schema;

/**
 * Every topic, its value's schema and how long it keeps its records. Values are in Confluent's wire
 * format, subject {@code <topic>-value}.
 */
public final class Topics {
  public static final String JOBS = "jobs";
  public static final String BUSINESSES = "businesses";
  public static final String CAMPAIGNS = "campaigns";
  public static final String CUSTOMERS = "customers";
  public static final String ENROLLMENTS = "enrollments";
  public static final String TOUCHES_DUE = "touches-due";
  public static final String TOUCH_OUTCOMES = "touch-outcomes";
  public static final String ENGAGEMENTS = "engagements";
  public static final String ENROLLMENT_COMMANDS = "enrollment-commands";
  public static final String ERASURES = "erasures";

  /**
   * Records that could not be processed, with the reason in headers, lie in {@code
   * <topic>.dead-letters}.
   */
  public static final String DEAD_LETTERS = ".dead-letters";

  /**
   * A topic as it is created.
   *
   * @param compacted keeps the newest record of each key for ever
   * @param retentionDays of the others
   */
  public record Topic(String name, Schema schema, boolean compacted, int retentionDays) {}

  /** All topics; analytics is rebuilt from those that are kept longest. */
  public static final List<Topic> ALL =
      List.of(
          new Topic(JOBS, JobFact.getClassSchema(), false, 28),
          new Topic(BUSINESSES, BusinessFact.getClassSchema(), true, 0),
          new Topic(CAMPAIGNS, CampaignFact.getClassSchema(), true, 0),
          new Topic(CUSTOMERS, CustomerFact.getClassSchema(), true, 0),
          new Topic(ENROLLMENTS, EnrollmentFact.getClassSchema(), false, 3650),
          new Topic(TOUCHES_DUE, TouchDue.getClassSchema(), false, 7),
          new Topic(TOUCH_OUTCOMES, TouchOutcome.getClassSchema(), false, 3650),
          new Topic(ENGAGEMENTS, Engagement.getClassSchema(), false, 3650),
          new Topic(ENROLLMENT_COMMANDS, EnrollmentCommand.getClassSchema(), false, 28),
          new Topic(ERASURES, CustomerDataErased.getClassSchema(), false, 3650));

  private Topics() {}
}
