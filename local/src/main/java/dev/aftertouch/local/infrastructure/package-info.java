/**
 * Real PostgreSQL, a real Kafka broker and a real schema registry on this machine, without Docker.
 *
 * <p>Tests of every module call {@link
 * dev.aftertouch.local.infrastructure.SharedInfrastructure#get()}: the first one starts a detached
 * process that owns the three servers, the others join it. It lives until the last build that asked
 * for it has ended. {@code ./aftertouch up} runs the same servers on fixed ports and lasting data.
 */
@NullMarked
package dev.aftertouch.local.infrastructure;

import org.jspecify.annotations.NullMarked;
