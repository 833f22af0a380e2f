package dev.aftertouch.local.infrastructure;

/**
 * The database of one service and its four roles: the owner runs the migrations, app serves one
 * business at a time, worker claims and consumes for all of them, report reads. Only the owner owns
 * anything; none can bypass row-level security.
 */
public record ServiceDatabase(String url, Login owner, Login app, Login worker, Login report) {}
