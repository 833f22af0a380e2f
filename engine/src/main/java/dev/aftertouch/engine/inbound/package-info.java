/**
 * What comes back from customers: what a text means, and whether a click is a human's. Pure rules
 * with a version and a reason, so that what is stored can be judged again by better ones.
 */
@NullMarked
package dev.aftertouch.engine.inbound;

import org.jspecify.annotations.NullMarked;
