package dev.aftertouch.local.system;

import dev.aftertouch.local.infrastructure.Servers;
import dev.aftertouch.local.process.ChildProcess;

/**
 * Hears how the start goes, and of services that end by themselves later. Called from several
 * threads.
 */
public interface StartProgress extends Servers.Progress {
  StartProgress SILENT =
      new StartProgress() {
        @Override
        public void starting(String name) {}

        @Override
        public void ready(String name, ChildProcess process) {}

        @Override
        public void died(String name, ChildProcess process) {}

        @Override
        public void failed(String name, String why) {}
      };

  /** It ended without being asked to, and is about to be started again. */
  void died(String name, ChildProcess process);

  /** It could not be started again. */
  void failed(String name, String why);
}
