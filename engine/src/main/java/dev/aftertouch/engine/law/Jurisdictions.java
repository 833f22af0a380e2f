package dev.aftertouch.engine.law;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Countries, states and provinces, and the area codes of each under the country code 1 ({@code
 * jurisdictions.tsv}, which names its source). A number may have moved away with its owner, so what
 * it tells is one candidate beside the address and never the only truth.
 */
final class Jurisdictions {
  /** Neither the address nor the number tells anything. */
  static final int NONE = 0;

  /** A number under the country code 1 whose area code is not known, or belongs to no place. */
  static final int SOME_STATE = 1;

  private static final String[] CODES;
  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, Integer> INDEX = new HashMap<>();
  private static final int[] BY_AREA_CODE = new int[1000];

  static {
    List<List<String>> rows = Tables.lines("jurisdictions.tsv").stream().skip(2).toList();
    CODES = new String[rows.size() + 2];
    CODES[NONE] = "*";
    CODES[SOME_STATE] = "US-*";
    NAMES.put("*", "the product");
    NAMES.put("US-*", "some state");
    Arrays.fill(BY_AREA_CODE, SOME_STATE);
    int index = 2;
    for (List<String> row : rows) {
      CODES[index] = row.get(0);
      NAMES.put(row.get(0), row.get(1));
      INDEX.put(row.get(0), index);
      for (String code : row.get(2).split(" ", -1)) {
        if (!code.equals("-")) {
          BY_AREA_CODE[Integer.parseInt(code)] = index;
        }
      }
      index++;
    }
  }

  private Jurisdictions() {}

  static int count() {
    return CODES.length;
  }

  static String code(int index) {
    return CODES[index];
  }

  /** Its English name, with its article; the code itself where it is not known. */
  static String name(String code) {
    return NAMES.getOrDefault(code, code);
  }

  static boolean isKnown(String code) {
    return NAMES.containsKey(code);
  }

  /** Of an ISO 3166-2 code such as US-FL; {@link #NONE} where it is none that is known. */
  static int ofRegion(@Nullable String region) {
    Integer index = region == null ? null : INDEX.get(region);
    return index == null ? NONE : index;
  }

  static boolean isCanadian(int index) {
    String code = code(index);
    return code.equals("CA") || code.startsWith("CA-");
  }

  /** Of a number in E.164. */
  static int ofPhone(@Nullable String phone) {
    if (phone == null || !phone.startsWith("+1")) {
      return NONE;
    }
    int code = 0;
    for (int i = 2; i < 5; i++) {
      int digit = i < phone.length() ? phone.charAt(i) - '0' : -1;
      if (digit < 0 || digit > 9) {
        return SOME_STATE;
      }
      code = 10 * code + digit;
    }
    return BY_AREA_CODE[code];
  }
}
