package dev.aftertouch.dispatch.gating;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gate treats batches.
 *
 * @param threads listener threads of this instance: while one sends, another decides
 * @param replicaPatience how long, in real time, a touch waits for the customer, business or
 *     version that it names; after that, once the replicas hold all that had been published by
 *     then, the gate decides without, which means skipping it
 * @param slotGrace how long after its time a reserved pacing slot may still be used, by the
 *     business clock; see {@link dev.aftertouch.engine.gate.GatePolicy#DEFAULT_SLOT_GRACE}
 */
@ConfigurationProperties("aftertouch.gating")
record GatingProperties(
    @DefaultValue("4") int threads,
    @DefaultValue("30s") Duration replicaPatience,
    @DefaultValue("5m") Duration slotGrace) {}
