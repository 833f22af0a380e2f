package dev.aftertouch.enrollment.customers;

import java.util.UUID;

/** A customer as the business's job system calls them. */
public record CustomerKey(UUID businessId, String externalId) {}
