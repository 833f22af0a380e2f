package dev.aftertouch.service.access;

import java.util.UUID;

/**
 * Who is asking, from the verified token: never from a header or the body. A controller takes it as
 * an argument.
 */
public record CurrentUser(UUID businessId, Role role, String email) {}
