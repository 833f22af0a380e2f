@NullMarked
package dev.aftertouch.service.documents;

import org.jspecify.annotations.NullMarked;
