package dev.aftertouch.benchmarks.gate;

import dev.aftertouch.engine.gate.Decision;
import dev.aftertouch.engine.gate.Gate;
import dev.aftertouch.engine.gate.GateFacts;
import dev.aftertouch.engine.gate.GatePolicy;
import dev.aftertouch.engine.gate.Pacing;
import java.time.Instant;

/**
 * One question to the gate.
 *
 * @param business whose ledger is asked: its number among the ledgers of the burst
 */
record Asked(GateFacts facts, GatePolicy policy, int business, Instant now) {
  Decision answer(Pacing[] ledgers) {
    return Gate.decide(facts, policy, ledgers[business], now);
  }
}
