/**
 * Sign-in for local use: demonstration users, the authorization server and the command line's
 * token.
 */
@NullMarked
package dev.aftertouch.gateway.signin;

import org.jspecify.annotations.NullMarked;
