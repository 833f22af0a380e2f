/** What is to be said: campaigns, their versions, templates, and the home of businesses. */
@NullMarked
package dev.aftertouch.campaign;

import org.jspecify.annotations.NullMarked;
