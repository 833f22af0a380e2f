@NullMarked
package dev.aftertouch.service;

import org.jspecify.annotations.NullMarked;
