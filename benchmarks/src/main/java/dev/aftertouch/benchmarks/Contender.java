package dev.aftertouch.benchmarks;

/** One line of the table: who, and how set. */
interface Contender {
  /** With its version. */
  String name();

  String mode();

  /** Seeds, warms up and drains, in fresh processes and a fresh database. */
  Turn take() throws Exception;
}
