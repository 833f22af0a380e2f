package dev.aftertouch.enrollment.customers;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job fact tells of its customer, as entered.
 *
 * @param address by the names line1, line2, city, state, postal_code, country; only what is given
 * @param at when the fact happened: a newer one changes what an older one told, an older one fills
 *     gaps
 */
public record Told(
    CustomerKey key,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String phone,
    Map<String, String> address,
    @Nullable String timeZone,
    Map<String, String> customFields,
    Instant at) {}
