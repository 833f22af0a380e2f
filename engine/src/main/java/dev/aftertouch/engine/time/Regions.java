package dev.aftertouch.engine.time;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The zones of each state and territory of the United States and each province of Canada. A state
 * that lies in two zones has both: Indiana and Kentucky (Eastern and Central), Arizona (Navajo
 * Nation keeps daylight saving time, the rest does not), Nevada (West Wendover keeps Mountain
 * time), Quebec (the lower north shore keeps Atlantic standard time all year).
 *
 * <p>Source: 49 CFR 71 for the United States, the tz database's comments for both.
 */
final class Regions {
  private static final String UNITED_STATES =
      """
      AK America/Anchorage America/Adak
      AL,AR,IA,IL,LA,MN,MO,MS,OK,WI America/Chicago
      AS Pacific/Pago_Pago
      AZ America/Phoenix America/Denver
      CA,WA America/Los_Angeles
      CO,MT,NM,UT,WY America/Denver
      CT,DC,DE,GA,MA,MD,ME,NC,NH,NJ,NY,OH,PA,RI,SC,VA,VT,WV America/New_York
      FL,TN America/New_York America/Chicago
      GU,MP Pacific/Guam
      HI Pacific/Honolulu
      ID America/Boise America/Los_Angeles
      IN America/Indiana/Indianapolis America/Chicago
      KS,ND,NE,SD,TX America/Chicago America/Denver
      KY America/Kentucky/Louisville America/Chicago
      MI America/Detroit America/Menominee
      NV America/Los_Angeles America/Denver
      OR America/Los_Angeles America/Boise
      PR,VI America/Puerto_Rico
      """;

  private static final String CANADA =
      """
      AB,NT America/Edmonton
      BC America/Vancouver America/Edmonton America/Dawson_Creek
      MB America/Winnipeg
      NB America/Moncton
      NL America/St_Johns America/Goose_Bay
      NS,PE America/Halifax
      NU America/Iqaluit America/Rankin_Inlet America/Cambridge_Bay America/Panama
      ON America/Toronto America/Winnipeg America/Panama
      QC America/Toronto America/Halifax America/Puerto_Rico
      SK America/Regina America/Edmonton
      YT America/Whitehorse
      """;

  /** By country code, then by state or province code. */
  static final Map<String, Map<String, List<ZoneId>>> BY_COUNTRY =
      Map.of("US", read(UNITED_STATES), "CA", read(CANADA));

  /**
   * Every zone of the fifty states. The territories lie west of the date line or east of them all
   * and are told by their code.
   */
  static final List<ZoneId> FIFTY_STATES =
      zones(
          List.of(
              "America/New_York",
              "America/Chicago",
              "America/Denver",
              "America/Phoenix",
              "America/Los_Angeles",
              "America/Anchorage",
              "America/Adak",
              "Pacific/Honolulu"));

  /** Every zone of Canada. */
  static final List<ZoneId> CANADIAN = union(BY_COUNTRY.getOrDefault("CA", Map.of()));

  private Regions() {}

  private static Map<String, List<ZoneId>> read(String table) {
    Map<String, List<ZoneId>> regions = new HashMap<>();
    for (String line : table.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      for (String code : words.get(0).split(",", -1)) {
        regions.put(code, zones(words.subList(1, words.size())));
      }
    }
    return Map.copyOf(regions);
  }

  private static List<ZoneId> zones(List<String> ids) {
    return ids.stream().map(ZoneId::of).toList();
  }

  private static List<ZoneId> union(Map<String, List<ZoneId>> regions) {
    Set<ZoneId> all = new LinkedHashSet<>();
    regions.keySet().stream()
        .sorted()
        .forEach(code -> all.addAll(regions.getOrDefault(code, List.of())));
    return List.copyOf(all);
  }
}
