package dev.aftertouch.enrollment.advancing;

/** Whether rows that are about to be added may be there already. */
enum Leftovers {
  /** They are not, which is nearly always so: one that is there fails the statement. */
  NONE,
  /** A crash or a repeat may have left some: they are replaced. Costs a quarter more. */
  POSSIBLE
}
