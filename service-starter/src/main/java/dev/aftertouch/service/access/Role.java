package dev.aftertouch.service.access;

/**
 * What a user of a business may do: the owner changes, staff works with customers, the analyst
 * reads.
 */
public enum Role {
  OWNER,
  STAFF,
  ANALYST
}
