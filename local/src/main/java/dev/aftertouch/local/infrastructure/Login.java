package dev.aftertouch.local.infrastructure;

/** A database role that can sign in. */
public record Login(String user, String password) {
  @Override
  public String toString() {
    return "Login[" + user + "]";
  }
}
