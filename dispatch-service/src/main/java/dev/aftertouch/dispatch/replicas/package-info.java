/** What other services know and the gate needs: fed by topics, never asked for over the network. */
@NullMarked
package dev.aftertouch.dispatch.replicas;

import org.jspecify.annotations.NullMarked;
