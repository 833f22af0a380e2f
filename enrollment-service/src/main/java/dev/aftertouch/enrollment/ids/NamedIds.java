package dev.aftertouch.enrollment.ids;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Ids that follow from what they name, so that a repeat after a crash makes the same rows and
 * facts. Parts are joined by a character that cannot occur in ids, campaigns or steps; the external
 * part stands last.
 */
public final class NamedIds {
  private NamedIds() {}

  /** The customer whom the business's job system calls by that id, and who was never erased. */
  public static UUID customer(UUID business, String externalId) {
    return customer(business, externalId, 0);
  }

  /**
   * The customer of that id anew.
   *
   * @param erased how often the customer of that id was erased before
   */
  public static UUID customer(UUID business, String externalId, int erased) {
    return erased == 0
        ? named("customer", business, externalId)
        : named("customer anew", business, erased + "\n" + externalId);
  }

  /** The enrollment that a job's first completion leads to in a campaign: at most one. */
  public static UUID enrollment(UUID business, UUID campaign, String jobId) {
    return named("enrollment", business, campaign + "\n" + jobId);
  }

  /** The one that a job leads to which was reopened or cancelled and then completed anew. */
  public static UUID enrollmentAnew(
      UUID business, UUID campaign, String jobId, Instant completionToldAt) {
    return named("enrollment anew", business, campaign + "\n" + completionToldAt + "\n" + jobId);
  }

  /** The touch of that step: the same for every round. */
  public static UUID touch(UUID enrollment, String stepId) {
    return named("touch", enrollment, stepId);
  }

  /** The refusal that a job fact led to. */
  public static UUID refusal(UUID business, String factId) {
    return named("refusal", business, factId);
  }

  /** What happened to an enrollment: started, stopped, completed. Each happens once. */
  public static UUID fact(UUID enrollment, String happened) {
    return named("fact", enrollment, happened);
  }

  private static UUID named(String kind, UUID scope, String name) {
    return UUID.nameUUIDFromBytes(
        (kind + "\n" + scope + "\n" + name).getBytes(StandardCharsets.UTF_8));
  }
}
