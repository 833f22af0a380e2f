package dev.aftertouch.local.demo;

/** A customer of the demo. The id is the one of this run; the city may be empty. */
record Person(
    String id, String jobId, String serviceType, String firstName, String lastName, String city) {

  /** Such as {@code Maria S. (Denver)}. */
  String shown() {
    String initial =
        lastName.isEmpty()
            ? ""
            : " " + lastName.substring(0, lastName.offsetByCodePoints(0, 1)) + ".";
    String name = (firstName + initial).strip();
    String called = name.isEmpty() ? id : name;
    return city.isEmpty() ? called : called + " (" + city + ")";
  }
}
