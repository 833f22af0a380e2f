package dev.aftertouch.campaign.answers;

import dev.aftertouch.engine.definition.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total items on all pages
 * @param page from 0, as in the lists of the other services
 * @param pageSize most items of a page
 */
public record Page<T>(List<T> items, long total, int page, int pageSize) {
  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 200;
  private static final int LAST_PAGE = 1_000_000;

  /** Which page is wanted. */
  public record Wanted(int page, int size) {
    /** The first page of 50 where nothing else is said (CB-15). */
    public static Answer<Wanted> of(@Nullable Integer page, @Nullable Integer size) {
      Wanted wanted = new Wanted(page == null ? 0 : page, size == null ? DEFAULT_SIZE : size);
      if (wanted.page < 0 || wanted.page > LAST_PAGE) {
        return invalid("page", "Pages are counted from 0 to 1,000,000.");
      }
      if (wanted.size < 1 || wanted.size > LARGEST_SIZE) {
        return invalid("page_size", "A page has 1 to 200 items.");
      }
      return Answer.done(wanted);
    }

    private static Answer<Wanted> invalid(String field, String message) {
      return Answer.refused(
          new Refusal.Invalid(List.of(new FieldError(field, "out_of_range", message))));
    }

    /** Items before the page. */
    public long offset() {
      return (long) page * size;
    }

    /** The page with its items. */
    public <T> Page<T> page(List<T> items, long total) {
      return new Page<>(items, total, page, size);
    }
  }
}
