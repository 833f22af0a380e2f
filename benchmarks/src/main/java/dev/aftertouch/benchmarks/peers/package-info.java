/**
 * The peers of {@code bench peers} that run on the JVM, each as the only work of a process of its
 * own. Their settings are those that their own documentation gives; each class names the page.
 */
@NullMarked
package dev.aftertouch.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
