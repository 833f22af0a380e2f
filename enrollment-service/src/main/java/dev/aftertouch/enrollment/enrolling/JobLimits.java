package dev.aftertouch.enrollment.enrolling;

import dev.aftertouch.engine.definition.FieldError;
import dev.aftertouch.facts.JobCompleted;
import dev.aftertouch.facts.JobCustomer;
import dev.aftertouch.facts.JobFact;
import dev.aftertouch.facts.PostalAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the texts of a job fact may be. What is longer, or holds a NUL character, is refused by
 * the name of its field.
 */
public final class JobLimits {
  private static final int ID = 200;
  private static final int NAME = 200;
  private static final int CODE = 100;
  private static final int LINE = 500;
  private static final int CUSTOM_FIELDS = 50;
  private static final int CUSTOM_VALUE = 2_000;

  private JobLimits() {}

  /** The first field at fault; empty when all are within their limits. */
  public static Optional<FieldError> fault(JobFact fact) {
    Check check = new Check();
    check.required("fact_id", fact.getFactId(), ID);
    check.required("job_id", fact.getJobId(), ID);
    check.text("source", fact.getSource(), CODE);
    if (fact.getFact() instanceof JobCompleted completed) {
      check.text("service_type", completed.getServiceType(), CODE);
      customer(check, completed.getCustomer());
    }
    return Optional.ofNullable(check.fault);
  }

  private static void customer(Check check, JobCustomer customer) {
    check.required("customer.external_id", customer.getExternalId(), ID);
    check.text("customer.first_name", customer.getFirstName(), NAME);
    check.text("customer.last_name", customer.getLastName(), NAME);
    check.text("customer.email", customer.getEmail(), LINE);
    check.text("customer.phone", customer.getPhone(), CODE);
    check.text("customer.time_zone", customer.getTimeZone(), CODE);
    PostalAddress address = customer.getAddress();
    if (address != null) {
      check.text("customer.address.line1", address.getLine1(), LINE);
      check.text("customer.address.line2", address.getLine2(), LINE);
      check.text("customer.address.city", address.getCity(), NAME);
      check.text("customer.address.state", address.getState(), CODE);
      check.text("customer.address.postal_code", address.getPostalCode(), CODE);
      check.text("customer.address.country", address.getCountry(), CODE);
    }
    if (customer.getCustomFields().size() > CUSTOM_FIELDS) {
      check.fail(
          "customer.custom_fields",
          "too_many",
          "There are more than " + CUSTOM_FIELDS + " custom fields.");
    }
    customer
        .getCustomFields()
        .forEach(
            (name, value) -> {
              check.text("customer.custom_fields", name, CODE);
              check.text("customer.custom_fields", value, CUSTOM_VALUE);
            });
  }

  /** The first characters of a text that may be too long to be kept, NUL left out. */
  static String shortened(String text) {
    String clean = text.replace("\0", "");
    return clean.length() <= ID ? clean : clean.substring(0, ID);
  }

  private static final class Check {
    private @Nullable FieldError fault;

    void required(String field, String text, int limit) {
      if (text.isBlank()) {
        fail(field, "missing", "The field " + field + " is empty.");
      }
      text(field, text, limit);
    }

    void text(String field, @Nullable String text, int limit) {
      if (text == null) {
        return;
      }
      if (text.length() > limit) {
        fail(
            field,
            "too_long",
            "The field "
                + field
                + " has "
                + text.length()
                + " characters; at most "
                + limit
                + " are allowed.");
      }
      if (text.indexOf('\0') >= 0) {
        fail(field, "malformed", "The field " + field + " contains a NUL character.");
      }
    }

    void fail(String field, String code, String sentence) {
      if (fault == null) {
        fault = new FieldError(field, code, sentence);
      }
    }
  }
}
